package mail

import (
	"crypto/tls"
	"errors"
	"net"
	"net/textproto"
	"regexp"
	"strings"

	gomail "github.com/wneessen/go-mail"

	"giaoban/internal/part/letter"
)

// refusal is why one letter was not taken; again says that the server asks for it to
// be tried later, lost that the connection is no longer of use.
type refusal struct {
	why   letter.Trouble
	said  string
	again bool
	lost  bool
}

// enhanced is a status of RFC 3463. Some servers give them without having said that they
// do, and go-mail reads them only of those that have.
var enhanced = regexp.MustCompile(`\b[245]\.\d{1,3}\.\d{1,3}\b`)

// refused reads what a server said to one letter.
func refused(err error) refusal {
	var sent *gomail.SendError
	if !errors.As(err, &sent) {
		return refusal{why: letter.Refused, said: err.Error()} // the letter could not even be written
	}
	code, status := sent.ErrorCode(), enhanced.FindString(sent.Error())
	r := refusal{why: letter.Refused, said: said(sent), again: code/100 == 4}
	switch {
	case code == 0 || code == 421: // not a word of the server about this letter, or its last one
		r.why, r.again, r.lost = letter.Unreachable, true, true
		if sent.Reason == gomail.ErrGetRcpts || sent.Reason == gomail.ErrGetSender {
			r.why, r.again, r.lost = letter.Address, false, false
		}
	case code == 552 || strings.HasSuffix(status, ".2.2"):
		r.why = letter.Full
	case r.again:
		r.why = letter.Later
	case sent.Reason == gomail.ErrSMTPMailFrom:
		r.why = letter.Sender
	case sent.Reason == gomail.ErrSMTPRcptTo && !strings.HasPrefix(status, "5.7."): // by its policy it may refuse us, whoever is written to
		r.why = letter.Address
	}
	return r
}

// said is what the server said, in one line.
func said(err *gomail.SendError) string {
	words := err.Error()
	words, _, _ = strings.Cut(words, ", affected recipient(s)")
	words, _, _ = strings.Cut(words, ", affected message ID")
	return strings.Join(strings.Fields(words), " ")
}

// unconnected reads why no connection came about.
func unconnected(err error) letter.Trouble {
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var answer *textproto.Error
	var network net.Error
	switch {
	case errors.As(err, &certificate), errors.As(err, &record), strings.Contains(err.Error(), "STARTTLS"):
		return letter.Certificate
	case errors.As(err, &answer) && (answer.Code == 535 || answer.Code == 534 || answer.Code == 530 || answer.Code == 454),
		errors.Is(err, gomail.ErrNoSupportedAuthDiscovered):
		return letter.Login
	case errors.As(err, &network):
		return letter.Unreachable
	}
	return letter.Unreachable
}
