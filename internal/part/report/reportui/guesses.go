package reportui

import (
	"net"
	"net/netip"
	"sync"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
)

// Whoever types wrong codes of receipts waits: this many from one address within
// guessWindow of the first. A whole office may stand behind one address; a code
// has 50 bits.
const (
	mostGuesses = 20
	guessWindow = 15 * time.Minute
	mostHolders = 10_000 // addresses that are remembered at once
)

// guesses counts wrong codes by address, in memory: a start forgives all.
type guesses struct {
	machine clock.Clock
	mu      sync.Mutex
	by      map[string]guessed
}

type guessed struct {
	since time.Time
	n     int
}

func newGuesses(machine clock.Clock) *guesses {
	return &guesses{machine: machine, by: map[string]guessed{}}
}

// allowed refuses an address that guessed too often: Unavailable, with how many
// minutes to wait.
func (g *guesses) allowed(address string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	one, now := g.by[network(address)], g.machine.Now()
	wait := one.since.Add(guessWindow).Sub(now)
	if one.n < mostGuesses || wait <= 0 {
		return nil
	}
	return fault.New(fault.Unavailable, "reportui.check.wait", "n", int((wait+time.Minute-1)/time.Minute)).At("code")
}

// wrong counts a wrong code.
func (g *guesses) wrong(address string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now, name := g.machine.Now(), network(address)
	if len(g.by) >= mostHolders {
		for other, one := range g.by {
			if one.since.Add(guessWindow).Before(now) {
				delete(g.by, other)
			}
		}
	}
	one := g.by[name]
	if !one.since.Add(guessWindow).After(now) {
		one = guessed{since: now}
	}
	one.n++
	g.by[name] = one
}

// network is what stands for one holder of an address: of IPv6 the first 64
// bits, in which one holder has all.
func network(address string) string {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = address
	}
	ip, err := netip.ParseAddr(host)
	if err != nil || ip.Is4() {
		return host
	}
	prefix, err := ip.Unmap().Prefix(min(64, ip.Unmap().BitLen()))
	if err != nil {
		return host
	}
	return prefix.String()
}
