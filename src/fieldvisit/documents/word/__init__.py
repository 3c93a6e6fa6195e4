"""What a page is made of in Word."""
