package account

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"net/mail"
	"regexp"
	"strconv"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// Schema is the tables of accounts.
//
//go:embed schema
var Schema embed.FS

// Texts are the texts of this package, a source for text.Load.
//
//go:embed texts.yaml
var Texts embed.FS

// Person is somebody who has an account.
type Person struct {
	ID       int64
	Name     string
	Email    string // "" when unknown
	Phone    string // "" when unknown
	Login    string // in lower case without marks; "" for people who cannot sign in
	Language string // of choice, as "vi"; "" where none was chosen
	Created  time.Time
	Disabled time.Time // the zero time while the account works

	RefusedAt time.Time // since when the mail server does not take the address; zero while it does
	Refused   string    // what it said
}

// CreateCommand is a new person with the roles held from the start.
type CreateCommand struct {
	Name     string
	Login    string   // "" for somebody who does not sign in yet
	Password Password // the zero Password lets nobody in
	Email    string
	Phone    string
	Grants   []access.Grant // at least one
}

// CreatePerson adds a person at once, without an invitation: for the command
// line, a demonstration and set-up. The actor must be allowed to give each of
// the roles. A taken login is a fault of kind Conflict at "login".
func CreatePerson(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd CreateCommand) (Person, error) {
	if len(cmd.Grants) == 0 {
		return Person{}, fault.New(fault.Invalid, "account.role.none").At("role")
	}
	for _, g := range cmd.Grants {
		if err := mayGive(actor, g.Unit, g.Role); err != nil {
			return Person{}, err
		}
	}
	return createAccount(ctx, tx, cmd)
}

// createAccount adds a person and the grants; who may was decided before.
func createAccount(ctx context.Context, tx *ledger.Tx, cmd CreateCommand) (Person, error) {
	p := Person{
		Name: fold.Name(cmd.Name), Email: fold.Name(cmd.Email), Phone: fold.Name(cmd.Phone),
		Login: fold.Key(cmd.Login), Created: tx.Now(),
	}
	if err := p.check(ctx, tx); err != nil {
		return Person{}, err
	}
	login := sql.NullString{String: p.Login, Valid: p.Login != ""}
	err := tx.QueryRowContext(ctx, `INSERT INTO person (name, folded, email, phone, login, password, language, created)
		VALUES ($1, $2, $3, $4, $5, $6, '', $7) RETURNING id`,
		p.Name, folded(p), p.Email, p.Phone, login, cmd.Password.hash, store.Micro(p.Created)).Scan(&p.ID)
	if store.Unique(err) {
		return Person{}, loginTaken()
	}
	if err != nil {
		return Person{}, fmt.Errorf("adding a person: %w", err)
	}
	unit := int64(cmd.Grants[0].Unit)
	if err := tx.Append(ledger.New{Unit: unit, Kind: Created, Subject: subject(p.ID), Payload: CreatedPayload{Name: p.Name}}); err != nil {
		return Person{}, err
	}
	for _, g := range cmd.Grants {
		if err := give(ctx, tx, p.ID, g); err != nil {
			return Person{}, err
		}
	}
	return p, nil
}

// CheckEntry gives every fault of the name and login that somebody new typed,
// before anything is written: Invalid or Conflict at "name" and "login".
func CheckEntry(ctx context.Context, q store.Querier, name, login string) error {
	p := Person{Name: fold.Name(name), Login: fold.Key(login)}
	if p.Login == "" {
		return append(checkName(p.Name), checkLogin(p.Login))
	}
	return p.check(ctx, q)
}

// check gives every fault of what was entered for a person, in the order of a
// form's fields.
func (p Person) check(ctx context.Context, q store.Querier) error {
	var wrong fault.List
	wrong = append(wrong, checkName(p.Name)...)
	wrong = append(wrong, checkEmail(p.Email)...)
	if p.Login == "" {
		return wrong.Err()
	}
	if f := checkLogin(p.Login); f != nil {
		return append(wrong, f).Err()
	}
	taken, err := loginExists(ctx, q, p.Login)
	if err != nil {
		return err
	}
	if taken {
		wrong = append(wrong, loginTaken())
	}
	return wrong.Err()
}

// nameLimit and the others are the most characters that a field may have.
const (
	nameLimit  = 120
	emailLimit = 254
	phoneLimit = 40
)

func checkName(name string) fault.List {
	switch {
	case name == "":
		return fault.List{fault.New(fault.Invalid, "account.name.none").At("name")}
	case len([]rune(name)) > nameLimit:
		return fault.List{fault.New(fault.Invalid, "account.name.long", "limit", nameLimit).At("name")}
	}
	return nil
}

func checkEmail(address string) fault.List {
	if address == "" {
		return nil
	}
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address || len(address) > emailLimit {
		return fault.List{fault.New(fault.Invalid, "account.email.wrong").At("email")}
	}
	return nil
}

var loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._@-]{2,63}$`)

func checkLogin(login string) *fault.Error {
	if !loginForm.MatchString(login) {
		return fault.New(fault.Invalid, "account.login.form").At("login")
	}
	return nil
}

func loginTaken() *fault.Error { return fault.New(fault.Conflict, "account.login.taken").At("login") }

func loginExists(ctx context.Context, q store.Querier, login string) (bool, error) {
	var n int
	if err := q.QueryRowContext(ctx, `SELECT COUNT(*) FROM person WHERE login = $1`, login).Scan(&n); err != nil {
		return false, fmt.Errorf("looking for a login: %w", err)
	}
	return n > 0, nil
}

const personColumns = `p.id, p.name, p.email, p.phone, COALESCE(p.login, ''), p.language, p.created, p.disabled, p.refused_at, p.refused`

// Find gives a person; a fault of kind NotFound when there is none.
func Find(ctx context.Context, q store.Querier, id int64) (Person, error) {
	return findPerson(ctx, q, `p.id = $1`, id)
}

// FindLogin gives the person who signs in as login, however it was typed; a
// fault of kind NotFound when there is none.
func FindLogin(ctx context.Context, q store.Querier, login string) (Person, error) {
	return findPerson(ctx, q, `p.login = $1`, fold.Key(login))
}

func findPerson(ctx context.Context, q store.Querier, where string, arg any) (Person, error) {
	row := q.QueryRowContext(ctx, `SELECT `+personColumns+` FROM person p WHERE `+where, arg)
	p, err := scanPerson(row.Scan)
	if store.Missing(err) {
		return Person{}, fault.New(fault.NotFound, "account.person.missing")
	}
	if err != nil {
		return Person{}, fmt.Errorf("reading a person: %w", err)
	}
	return p, nil
}

// scanPerson reads personColumns and whatever columns follow them.
func scanPerson(scan func(...any) error, more ...any) (Person, error) {
	var p Person
	var created, disabled, refused int64
	into := append([]any{&p.ID, &p.Name, &p.Email, &p.Phone, &p.Login, &p.Language, &created, &disabled, &refused, &p.Refused}, more...)
	if err := scan(into...); err != nil {
		return Person{}, err
	}
	p.Created, p.Disabled, p.RefusedAt = store.Moment(created), store.Moment(disabled), store.Moment(refused)
	return p, nil
}

// folded is what a person is searched by.
func folded(p Person) string { return fold.Key(p.Name) + " " + p.Login }

const personSubject = "person:"

// subject is how events name a person.
func subject(person int64) string { return personSubject + strconv.FormatInt(person, 10) }
