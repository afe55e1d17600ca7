package authority

import (
	"net"
	"regexp"
	"strings"

	"giaoban/internal/base/fault"
)

// hostLabel is one part of a DNS name (RFC 1123, 2.1).
var hostLabel = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// CheckHost says, as an invalid field "host", why host cannot be the name that
// people type to reach the server. It takes a DNS name or an IP address without
// a port; passkeys and cameras will want a name.
func CheckHost(host string) error {
	if net.ParseIP(host) != nil {
		return nil
	}
	labels := strings.Split(strings.ToLower(host), ".")
	for _, label := range labels {
		if len(host) > 253 || !hostLabel.MatchString(label) {
			return fault.New(fault.Invalid, "authority.host.wrong", "host", host).At("host")
		}
	}
	// An address with a part out of range is not a name either.
	if last := labels[len(labels)-1]; strings.Trim(last, "0123456789") == "" {
		return fault.New(fault.Invalid, "authority.host.wrong", "host", host).At("host")
	}
	return nil
}
