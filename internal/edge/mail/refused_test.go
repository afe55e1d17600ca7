package mail_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/part/letter"
)

// An address that the server refuses for good is asked once; what was missed goes to the
// next one.
func TestAnAddressThatIsRefusedIsLeftAloneUntilThereIsAnother(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		p := newPost(t, url)
		refused := func(who string) string {
			t.Helper()
			found, err := account.Find(t.Context(), p.Ledger.DB().Reader(), p.People[who].Person)
			p.OK(err)
			return found.Refused
		}
		p.address("leader BN", "nobody@example.vn")
		p.address("officer BN", "barred@example.vn")
		p.address("leader HN", "hn@example.vn")
		b := p.call(p.plan("Giao ban", "BN", "HN"))
		p.round()
		if said := refused("leader BN"); !strings.Contains(said, "no such user") {
			t.Errorf("the server refused an address, and of its person is said %q", said)
		}
		if said := refused("officer BN"); said != "" {
			t.Errorf("the server refused us by its policy, and of an address is said %q", said)
		}
		attempts := func() int {
			t.Helper()
			list, err := letter.Of(t.Context(), p.Ledger.DB().Reader(), b.ID)
			p.OK(err)
			for _, l := range list {
				if l.Person == p.People["leader BN"].Person {
					return l.Attempts
				}
			}
			return 0
		}
		second := p.call(p.plan("Giao ban khác", "BN", "HN"))
		p.round()
		if got := p.letters(second)["leader BN"]; got != "invited failed address" {
			t.Errorf("the next letter to that address: %q", got)
		}
		if n := attempts(); n != 1 {
			t.Errorf("%d attempts on the first letter, want 1", n)
		}
		p.address("leader BN", "bn@example.vn")
		p.round()
		if said := refused("leader BN"); said != "" {
			t.Errorf("the address is another, and is said to be refused: %q", said)
		}
		to := map[string]int{}
		for _, l := range p.server.Letters() {
			to[l.To[0]]++
		}
		if diff := cmp.Diff(map[string]int{"hn@example.vn": 2, "bn@example.vn": 2}, to); diff != "" {
			t.Errorf("letters by address (-want +got):\n%s", diff)
		}
	})
}

// Digests to an address that is refused do not pile up, and somebody who knows better
// has it tried again.
func TestARefusedAddressMissesNoReminders(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		p := newPost(t, url)
		p.round() // mail is set up before the day
		p.address("officer PL", "nobody@example.vn")
		day := p.mornings()
		for _, d := range []clock.Date{"2020-06-29", "2020-06-30"} {
			day(d)
			p.round()
		}
		tally, err := letter.Count(t.Context(), p.Ledger.DB().Reader())
		p.OK(err)
		if tally.Failed != 1 || tally.Waiting != 0 {
			t.Errorf("after two days %d digests were refused and %d wait, want the one that tells all", tally.Failed, tally.Waiting)
		}
		p.Update(func(tx *ledger.Tx) error {
			return account.TryAddress(t.Context(), tx, p.People["officer PL"], p.People["officer PL"].Person)
		})
		p.round()
		if n := len(p.server.Letters()); n != 0 {
			t.Errorf("%d letters went to an address that nobody has", n)
		}
		p.address("officer PL", "pl@example.vn")
		p.round()
		if got := p.server.Letters(); len(got) != 1 || got[0].To[0] != "pl@example.vn" {
			t.Errorf("%d letters went once there is another address, want the newest digest", len(got))
		}
	})
}
