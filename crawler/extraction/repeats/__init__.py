"""What a site says over and over, known again and left out."""
