package ledger

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/store"
)

// Schema is the ledger's tables.
//
//go:embed schema
var Schema embed.FS

// Ledger is the log in a database.
type Ledger struct {
	db    *store.DB
	clock clock.Clock
	tail  tail

	mu    sync.Mutex
	awake chan struct{} // closed, and made anew, when events were committed
	head  int64         // of the log, as far as this process knows
}

// Open takes up the log in db; events are timed by the business clock.
func Open(db *store.DB, business clock.Clock) *Ledger {
	return &Ledger{db: db, clock: business, awake: make(chan struct{})}
}

// DB is the database that the log lies in.
func (l *Ledger) DB() *store.DB { return l.db }

// Now is the present moment of the business clock.
func (l *Ledger) Now() time.Time { return l.clock.Now() }

// Tx is a writing transaction that collects events. Use cases take one: whoever
// holds a Tx can change data, and nobody else can.
type Tx struct {
	*sql.Tx
	engine store.Engine
	actor  string
	now    time.Time
	events []Event // without their positions
}

// Now is the moment at which the transaction began, by the business clock.
func (tx *Tx) Now() time.Time { return tx.now }

// SetNow moves the moment of the events that follow: for recording a history
// that happened at known moments. The log itself never goes back in time.
func (tx *Tx) SetNow(t time.Time) { tx.now = clock.Trim(t) }

// As makes actor the author of the events that are appended from now on.
func (tx *Tx) As(actor string) { tx.actor = actor }

// Append adds an event to the transaction. It is in the log once the
// transaction is committed.
func (tx *Tx) Append(n New) error {
	payload, err := json.Marshal(n.Payload)
	if err != nil {
		return fmt.Errorf("encoding the payload of %s: %w", n.Kind, err)
	}
	e := Event{Time: tx.now, Actor: tx.actor, Unit: n.Unit, Kind: n.Kind, Subject: n.Subject, Payload: payload}
	if err := e.check(); err != nil {
		return err
	}
	tx.events = append(tx.events, e)
	return nil
}

// Update runs fn in one transaction and commits what it wrote together with the
// events it appended by actor, as "person:7", "command line" or "program". It
// returns the position of the last event, 0 when there was none.
func (l *Ledger) Update(ctx context.Context, actor string, fn func(*Tx) error) (int64, error) {
	var last int64
	var erased bool
	err := l.db.UpdateEnding(ctx, func(sqlTx *sql.Tx) (store.Statement, error) {
		tx := &Tx{Tx: sqlTx, engine: l.db.Engine(), actor: actor, now: l.clock.Now()}
		if err := fn(tx); err != nil {
			return store.Statement{}, err
		}
		erased = slices.ContainsFunc(tx.events, isErasure)
		ending, err := tx.seal(ctx, &last)
		if err != nil {
			return store.Statement{}, fmt.Errorf("writing the log: %w", err)
		}
		return ending, nil
	})
	if err != nil {
		return 0, err
	}
	if erased {
		l.tail.forget()
	}
	if last > 0 {
		l.wake(last)
	}
	return last, nil
}

// Awake returns a channel that is closed when the next events are committed by
// this process, or found by Watch.
func (l *Ledger) Awake() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.awake
}

// Known is the position of the last event that this process was told of: it may be
// behind the log, and never waits.
func (l *Ledger) Known() int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.head
}

// wake tells those who wait that the log has come to a head, if it is news.
func (l *Ledger) wake(head int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if head <= l.head {
		return
	}
	l.head = head
	close(l.awake)
	l.awake = make(chan struct{})
}
