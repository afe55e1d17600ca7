// Package authority gives the server its certificate: from files that the office
// has, or from a small certificate authority that the installation makes for
// itself.
//
// It owns the authority's folder, the renewal of the server's certificate and
// the words that explain how to trust the authority. It serves no page and opens
// no port. The authority can vouch for one host name and this machine, nothing
// else: who trusts it trusts no other site more than before. Read [Authority]
// first.
package authority
