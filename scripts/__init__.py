"""What developers run: finding a browser, fitting the lexicon, new migrations, screenshots."""
