"""The addresses of the referrals room.

    /referrals/consultation/<id>            the referrals of one consultation, and who the patient is
    /referrals/<reference>                  one referral: its history, what the service said
    /referrals/<reference>/papers/<paper>   its papers, with the name (``?named=1``) or blanks
    /referrals/api/<reference>/status       its state, as the contract's ``referral_status``
    /referrals/worklist                     the practice's list, and what is to be done
    /referrals/inbound                      requests for health input that providers made
    /referrals/audit                        who saw or changed what
    /r/<word>, /callback/referrals          what receivers reach

Opening one changes nothing; forms do.
"""

from __future__ import annotations

from collections.abc import Callable

from sanic import Blueprint, Sanic

from bot.settings import Settings
from bot.web.referrals.audit_routes import audit_routes
from bot.web.referrals.consultation_routes import consultation_routes
from bot.web.referrals.inbound_routes import inbound_routes
from bot.web.referrals.provider_routes import provider_routes
from bot.web.referrals.shell import Shell, static_files
from bot.web.referrals.worklist_routes import worklist_routes
from referrals import desk
from referrals.desk import Room


def install_referrals(
    app: Sanic, settings: Settings, room: Callable[[], Room] = desk.open_room
) -> None:
    """Add the pages of the referrals room to ``app``. Needs ``bot.sign_in.install``.

    ``room`` opens the room to work in.
    """
    routes = Blueprint("fingerpost_referrals", url_prefix="/referrals")
    shell = Shell(settings, room)
    static_files(routes)
    consultation_routes(routes, shell)
    audit_routes(routes, shell)
    inbound_routes(routes, shell)
    worklist_routes(routes, shell)
    app.blueprint(routes)
    app.blueprint(provider_routes())
