"""What is checked of entries beyond their shape, one module a kind; ``checking`` runs them all."""
