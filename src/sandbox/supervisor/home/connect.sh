# Connects dlv to the Delve that holds the API server. Where it starts there is no source, so that Delve prints none at a stop:
# the page shows it, and `list` (list.star) prints it when asked.
trap : INT
# In a pane of few rows Delve would page a stack and swallow the next command as an answer to its pager. There is no program of
# this name, so that Delve prints on as it began; even `cat` would first repeat what is on the screen.
export DELVE_PAGER=none
while true; do
  dlv connect 127.0.0.1:4000 --init ~/.config/dlv/init
  printf '\nThis dlv has ended; the Delve it was connected to has not. Press Enter to connect again.\n'
  read -r || exit 0
done
