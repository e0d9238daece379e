echo "$PEER"
