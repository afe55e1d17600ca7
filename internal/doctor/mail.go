package doctor

import (
	"context"
	"time"

	"giaoban/internal/part/letter"
)

const (
	// probing is how long a mail server may take to answer whoever asks.
	probing = 10 * time.Second
	// longWaiting is how long a letter may wait: a server that asks to come again is
	// asked again within the hour.
	longWaiting = 2 * time.Hour
)

// mailing asks the mail server whether it takes us, and looks for letters that wait
// too long; also for those of an installation that no longer has a server.
func mailing(ctx context.Context, p Patient) (found []Finding, err error) {
	if p.Mail != nil {
		ctx, cancel := context.WithTimeout(ctx, probing)
		defer cancel()
		switch why, said := p.Mail(ctx); why {
		case letter.NoTrouble:
		case letter.Unreachable:
			found = append(found, wrong("doctor.mail.unreachable", "why", said))
		case letter.Login:
			found = append(found, wrong("doctor.mail.login", "why", said))
		case letter.Certificate:
			found = append(found, wrong("doctor.mail.certificate", "why", said))
		default:
			found = append(found, wrong("doctor.mail.refused", "why", said))
		}
	}
	outbox, err := letter.Count(ctx, p.DB.Reader())
	if err != nil {
		return found, err
	}
	if waited := p.Business.Now().Sub(outbox.Oldest); outbox.Waiting > 0 && waited > longWaiting {
		found = append(found, wrong("doctor.mail.waiting", "n", outbox.Waiting, "hours", int(waited/time.Hour)))
	}
	return found, nil
}
