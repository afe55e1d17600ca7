package server

// RelaySecret is what LiveKit signs the credentials of browsers with.
var RelaySecret = relaySecret
