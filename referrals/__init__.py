"""What follows "refer": consent, form, documents, delivery and audit. Never Rasa."""
