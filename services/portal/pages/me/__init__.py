"""What somebody who has signed in has besides: schools, reports, a calendar feed, and what is kept of them."""
