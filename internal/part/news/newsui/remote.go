package newsui

import (
	"net/http"
	"net/netip"
	"strings"
)

// remote is where a reader's request comes from. A proxy on this machine, which leads the
// public's name here, says it in the last place of X-Forwarded-For; nobody else is believed.
func remote(r *http.Request) string {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !at.Addr().Unmap().IsLoopback() {
		return r.RemoteAddr
	}
	lines := r.Header.Values("X-Forwarded-For")
	if len(lines) == 0 {
		return r.RemoteAddr
	}
	told := lines[len(lines)-1]
	told = strings.TrimSpace(told[strings.LastIndex(told, ",")+1:])
	reader, err := netip.ParseAddr(told)
	if err != nil {
		return r.RemoteAddr
	}
	return netip.AddrPortFrom(reader, at.Port()).String()
}
