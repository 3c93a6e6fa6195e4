"""What Word and Excel files share: hostile ones end here, before anything reads them."""
