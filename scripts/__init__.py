"""Scripts for whoever works on the product; run by make."""
