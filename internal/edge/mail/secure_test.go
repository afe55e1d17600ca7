package mail_test

import (
	"os"
	"path/filepath"
	"testing"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/testing/smtptest"
	"giaoban/internal/edge/authority"
	"giaoban/internal/edge/mail"
	"giaoban/internal/part/letter"
)

// A server with a certificate of the office's own, which asks for a name and password:
// what is wrong is told for what it is, and nothing goes out in clear.
func TestAConnectionIsEncryptedToAServerThatIsWhoItSays(t *testing.T) {
	folder := t.TempDir()
	own, err := authority.Load(folder, "127.0.0.1", clock.Machine)
	if err != nil {
		t.Fatal(err)
	}
	pair, ca := filepath.Join(folder, "server.pem"), filepath.Join(folder, "ca.pem")
	if err := os.WriteFile(ca, own.PEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	secure, plain := smtptest.NewSecure(t, pair, pair), smtptest.New(t)
	good := mail.Server{Address: secure.Address, From: "giaoban@example.vn", User: "giaoban", Password: "mat khau", CA: ca}
	for what, c := range map[string]struct {
		spoil func(*mail.Server)
		want  letter.Trouble
	}{
		"all is right":                   {func(*mail.Server) {}, letter.NoTrouble},
		"a wrong password":               {func(s *mail.Server) { s.Password = "mat khau cu" }, letter.Login},
		"an authority that nobody knows": {func(s *mail.Server) { s.CA = "" }, letter.Certificate},
		"a server that does not encrypt": {func(s *mail.Server) { s.Address = plain.Address }, letter.Certificate},
		"no server":                      {func(s *mail.Server) { s.Address = "127.0.0.1:1" }, letter.Unreachable},
	} {
		p := newPost(t, filepath.Join(t.TempDir(), "giaoban.db"))
		p.config.Server = good
		c.spoil(&p.config.Server)
		p.restart()
		if got, said := p.courier.Probe(t.Context()); got != c.want {
			t.Errorf("%s: %q (%s), want %q", what, got, said, c.want)
		}
		p.address("leader BN", "bn@example.vn")
		b := p.call(p.plan("Giao ban", "BN"))
		err := p.try()
		want := "invited waiting " + string(c.want)
		if c.want == letter.NoTrouble {
			want = "invited sent"
		} else if err == nil {
			t.Errorf("%s: the courier says nothing", what)
		}
		if got := p.letters(b)["leader BN"]; got != want {
			t.Errorf("%s: the letter is %q, want %q", what, got, want)
		}
	}
	if got := len(plain.Letters()); got != 0 {
		t.Errorf("%d letters went out in clear", got)
	}
}
