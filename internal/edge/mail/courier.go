package mail

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"slices"
	"time"

	gomail "github.com/wneessen/go-mail"

	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/follow"
	"giaoban/internal/base/ledger"
	"giaoban/internal/edge/job"
	"giaoban/internal/part/letter"
)

const (
	pause      = 2 * time.Second // how often it is looked for letters that no job carries
	firstAgain = time.Minute     // after a server asked for it, twice as long each time
	lastAgain  = time.Hour
)

// Config is what a courier is built from.
type Config struct {
	Server   Server
	Ledger   *ledger.Ledger
	Jobs     *job.Queue  // nil for a courier that only tries the server
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

// New makes a courier. Its jobs are done where [Lane] is among the lanes of the queue.
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
			if err := letter.Follow(ctx, tx, events, config.Ledger.Now()); err != nil {
				return err
			}
			return c.entrust(ctx, tx)
		},
	}
	if config.Jobs != nil {
		job.Do(config.Jobs, &worker{courier: c})
	}
	return c, nil
}

// Run writes letters, and entrusts them to jobs, until ctx ends.
func (c *Courier) Run(ctx context.Context) {
	for ctx.Err() == nil {
		if err := c.Write(ctx); err != nil && ctx.Err() == nil {
			c.config.Log.ErrorContext(ctx, "writing letters; it is tried again", "error", err)
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
		}
	}
}

// Write writes the letters that events ask for, and sees to it that each that waits is
// carried by a job.
func (c *Courier) Write(ctx context.Context) error {
	if err := c.writer.CatchUp(ctx); err != nil {
		return err
	}
	// What somebody wants sent again, and what the program's last version left.
	waiting, err := letter.Unentrusted(ctx, c.config.Ledger.DB().Reader())
	if err != nil || len(waiting) == 0 {
		return err
	}
	return c.config.Ledger.DB().Update(ctx, func(tx *sql.Tx) error { return c.entrust(ctx, tx) })
}

// Carry carries those letters of a job that are due, and says when the next of them is;
// zero for never. An error means that all that wait are to be tried again: no server,
// or no database.
func (c *Courier) Carry(ctx context.Context, job int64) (again time.Time, err error) {
	if err := c.note(ctx); err != nil {
		return again, err
	}
	q := c.config.Ledger.DB().Reader()
	if err := c.carryDue(ctx, job); err != nil {
		return again, err
	}
	left, err := letter.Entrusted(ctx, q, job)
	for i, l := range left {
		if i == 0 || l.Due.Before(again) {
			again = l.Due
		}
	}
	return again, err
}

func (c *Courier) carryDue(ctx context.Context, job int64) error {
	due, err := letter.Entrusted(ctx, c.config.Ledger.DB().Reader(), job)
	if err != nil {
		return err
	}
	now := c.config.Machine.Now()
	due = slices.DeleteFunc(due, func(l letter.Letter) bool { return l.Due.After(now) })
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
	address string
	msg     *gomail.Msg
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
				list = append(list, written{l, m.Address, msg})
				continue
			}
			trouble = letter.Address // what was kept as one is none
		}
		if err := c.failed(ctx, l, letter.Miss{Address: m.Address, Why: trouble}); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// carry hands one letter over and notes what became of it.
func (c *Courier) carry(ctx context.Context, one written) error {
	// Who was thought to be dead, and is not, sends nothing that another has sent.
	if waits, err := one.Waits(ctx, c.config.Ledger.DB().Reader()); err != nil || !waits {
		return err
	}
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
	return c.failed(ctx, one.Letter, letter.Miss{Address: one.address, Why: r.why, Said: r.said, Again: again})
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

// failed notes why a letter was not sent.
func (c *Courier) failed(ctx context.Context, l letter.Letter, m letter.Miss) error {
	_, err := c.config.Ledger.Update(ctx, "program", func(tx *ledger.Tx) error { return letter.WasNotSent(ctx, tx, l, m) })
	return err
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
	_, err = c.config.Ledger.Update(ctx, "program", func(tx *ledger.Tx) error { return account.AddressAgain(ctx, tx, to.ID) })
	if err != nil {
		c.config.Log.ErrorContext(ctx, "noting that an address takes letters", "error", err)
	}
	return letter.NoTrouble, ""
}
