package mail

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"time"

	gomail "github.com/wneessen/go-mail"

	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/follow"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/letter"
)

const (
	pause      = 2 * time.Second // how often the outbox is looked into
	mostAtOnce = 50              // letters over one connection
	mostWait   = time.Minute     // between two attempts to find the server
	firstAgain = time.Minute     // after a server asked for it, twice as long each time
	lastAgain  = time.Hour
)

// Config is what a courier is built from.
type Config struct {
	Server   Server
	Ledger   *ledger.Ledger
	Machine  clock.Clock // of attempts
	Composer letter.Composer
	Log      *slog.Logger
}

// Courier carries letters from the outbox to the server.
type Courier struct {
	config Config
	writer follow.Durable
	client *gomail.Client
	taken  map[int64]time.Time // letters that the server took and that could not be noted yet
}

// New makes a courier.
func New(config Config) (*Courier, error) {
	if err := config.Server.Check(); err != nil {
		return nil, err
	}
	client, err := config.Server.client()
	if err != nil {
		return nil, err
	}
	config.Composer.From = config.Server.Sender()
	c := &Courier{config: config, client: client, taken: map[int64]time.Time{}}
	c.writer = follow.Durable{
		Name: "letters", Ledger: config.Ledger,
		Begin: func(ctx context.Context, tx *sql.Tx) (int64, error) { return letter.Begin(ctx, tx) },
		Apply: func(ctx context.Context, tx *sql.Tx, events []ledger.Event) error {
			return letter.Follow(ctx, tx, events, config.Ledger.Now())
		},
	}
	return c, nil
}

// Run writes and carries letters until ctx ends.
func (c *Courier) Run(ctx context.Context) {
	wait := time.Duration(0)
	for {
		select {
		case <-time.After(max(wait, pause)):
		case <-ctx.Done():
			return
		}
		switch err := c.Round(ctx); {
		case err == nil:
			wait = 0
		case ctx.Err() == nil:
			wait = min(max(2*wait, 2*pause), mostWait)
			c.config.Log.ErrorContext(ctx, "letters wait; it is tried again", "server", c.config.Server.Address, "after", wait, "error", err)
		}
	}
}

// Round writes the letters that events ask for and carries those that are due. An
// error means that something is to be tried again: no server, or no database.
func (c *Courier) Round(ctx context.Context) error {
	if err := c.writer.CatchUp(ctx); err != nil {
		return err
	}
	if err := c.note(ctx); err != nil {
		return err
	}
	due, err := letter.Due(ctx, c.config.Ledger.DB().Reader(), c.config.Machine.Now(), mostAtOnce)
	if err != nil || len(due) == 0 {
		return err
	}
	messages, err := c.compose(ctx, due)
	if err != nil || len(messages) == 0 {
		return err
	}
	if err := c.client.DialWithContext(ctx); err != nil {
		return errors.Join(err, c.hold(ctx, due, unconnected(err), err.Error()))
	}
	defer func() { _ = c.client.Close() }() // whatever the server says to the farewell
	for _, one := range messages {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := c.carry(ctx, one); err != nil {
			return err
		}
	}
	return nil
}

// written is a letter with its words.
type written struct {
	letter.Letter
	msg *gomail.Msg
}

// compose writes letters; those that cannot or need not be sent are noted as that.
func (c *Courier) compose(ctx context.Context, due []letter.Letter) (list []written, err error) {
	q := c.config.Ledger.DB().Reader()
	for _, l := range due {
		m, trouble, err := c.config.Composer.Compose(ctx, q, l, c.config.Ledger.Now())
		if err != nil {
			return nil, err
		}
		if trouble == letter.NoTrouble {
			msg, wrong := message(c.config.Server.From, c.config.Composer.Address, m)
			if wrong == nil {
				list = append(list, written{l, msg})
				continue
			}
			trouble = letter.Address // what was kept as one is none
		}
		if err := c.failed(ctx, l.ID, trouble, "", time.Time{}); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// carry hands one letter over and notes what became of it.
func (c *Courier) carry(ctx context.Context, one written) error {
	err := c.client.Send(one.msg)
	if err == nil || one.msg.IsDelivered() {
		c.taken[one.ID] = c.config.Ledger.Now()
		return c.note(context.WithoutCancel(ctx)) // it was taken, whatever happens to us
	}
	r := refused(err)
	if r.lost {
		return errors.Join(err, c.hold(ctx, []letter.Letter{one.Letter}, r.why, r.said))
	}
	again := time.Time{}
	if r.again {
		again = c.config.Machine.Now().Add(min(firstAgain<<min(one.Attempts, 10), lastAgain))
	}
	return c.failed(ctx, one.ID, r.why, r.said, again)
}

// note notes which letters the server took.
func (c *Courier) note(ctx context.Context) error {
	for id, at := range c.taken {
		err := c.config.Ledger.DB().Update(ctx, func(tx *sql.Tx) error { return letter.WasSent(ctx, tx, id, at) })
		if err != nil {
			return err
		}
		delete(c.taken, id)
	}
	return nil
}

// hold notes why letters wait; they stay due.
func (c *Courier) hold(ctx context.Context, list []letter.Letter, why letter.Trouble, said string) error {
	return c.config.Ledger.DB().Update(ctx, func(tx *sql.Tx) error {
		for _, l := range list {
			if err := letter.Waits(ctx, tx, l.ID, why, said); err != nil {
				return err
			}
		}
		return nil
	})
}

func (c *Courier) failed(ctx context.Context, id int64, why letter.Trouble, said string, again time.Time) error {
	return c.config.Ledger.DB().Update(ctx, func(tx *sql.Tx) error { return letter.WasNotSent(ctx, tx, id, why, said, again) })
}

// Probe asks whether the server is there and takes us, without sending anything; the
// trouble is none when it does.
func (c *Courier) Probe(ctx context.Context) (letter.Trouble, string) {
	client, err := c.config.Server.client()
	if err == nil {
		err = client.DialWithContext(ctx)
	}
	if err != nil {
		return unconnected(err), err.Error()
	}
	_ = client.Close()
	return letter.NoTrouble, ""
}

// Address is the server's.
func (c *Courier) Address() string { return c.config.Server.Address }

// Try sends a person a letter that says that letters come, at once and over a
// connection of its own; the trouble is none when the server took it.
func (c *Courier) Try(ctx context.Context, to account.Person) (letter.Trouble, string) {
	client, err := c.config.Server.client()
	if err == nil {
		err = client.DialWithContext(ctx)
	}
	if err != nil {
		return unconnected(err), err.Error()
	}
	defer func() { _ = client.Close() }() // whatever the server says to the farewell
	msg, err := message(c.config.Server.From, c.config.Composer.Address, c.config.Composer.Trial(to, c.config.Machine.Now()))
	if err != nil {
		return letter.Address, err.Error()
	}
	if err := client.Send(msg); err != nil && !msg.IsDelivered() {
		r := refused(err)
		return r.why, r.said
	}
	return letter.NoTrouble, ""
}
