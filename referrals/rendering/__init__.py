"""A document as data (``model``), and what makes a file of it: plain text, PDF, large-print PDF."""
