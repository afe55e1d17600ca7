package mail_test

import (
	"testing"

	"giaoban/internal/edge/mail"
)

func TestWrongSettingsAreRefusedAtTheStart(t *testing.T) {
	good := mail.Server{Address: "smtp.example.vn:587", From: "giaoban@example.vn"}
	if err := good.Check(); err != nil {
		t.Errorf("%+v is refused: %v", good, err)
	}
	for what, spoil := range map[string]func(*mail.Server){
		"no port":                  func(s *mail.Server) { s.Address = "smtp.example.vn:smtp" },
		"no host":                  func(s *mail.Server) { s.Address = ":25" },
		"no sender":                func(s *mail.Server) { s.From = "" },
		"a sender that is none":    func(s *mail.Server) { s.From = "văn phòng" },
		"a user without password":  func(s *mail.Server) { s.User = "giaoban" },
		"a password in clear":      func(s *mail.Server) { s.User, s.Password, s.Encryption = "giaoban", "mật khẩu", mail.Plain },
		"an authority that is not": func(s *mail.Server) { s.CA = "/nowhere/ca.pem" },
	} {
		server := good
		spoil(&server)
		if server.Check() == nil {
			t.Errorf("%s: it is taken", what)
		}
	}
}
