"""Questions and answers: what is asked, what is answered, the shell and the page."""
