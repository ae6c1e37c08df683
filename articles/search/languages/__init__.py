"""What each language needs beside its stemmer: Arabic, Chinese, English and Russian words, numbers, stop words."""
