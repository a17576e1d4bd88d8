"""The page, its files and the documents, served beside the REST channel."""
