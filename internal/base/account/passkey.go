package account

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// Site is where people reach the program. Passkeys belong to its host name: an
// address of numbers has none.
type Site struct {
	Host   string // without a port
	Origin string // as "https://giaoban.example.vn"
}

// Passkey is a key in somebody's telephone, computer or token, of which the
// program knows the public half.
type Passkey struct {
	ID    int64
	Host  string // at which it works
	Name  string // as its owner calls it
	Added time.Time
	Used  time.Time // zero before the first time

	person     int64
	credential []byte
	key        []byte
	count      int64
}

const (
	passkeyColumns = `id, person, host, name, added, used, credential, public_key, count`
	passkeyName    = 60 // letters that a passkey's name may have
	passkeyMost    = 20 // that one person may have
	challengeLife  = 5 * time.Minute
	challengeBytes = 32
)

// PasskeysOf gives a person's passkeys, the oldest first.
func PasskeysOf(ctx context.Context, q store.Querier, person int64) ([]Passkey, error) {
	return passkeys(ctx, q, `person = $1`, person)
}

func passkeys(ctx context.Context, q store.Querier, where string, arg any) ([]Passkey, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+passkeyColumns+` FROM passkey WHERE `+where+` ORDER BY id`, arg)
	if err != nil {
		return nil, fmt.Errorf("reading passkeys: %w", err)
	}
	defer rows.Close()
	var list []Passkey
	for rows.Next() {
		var p Passkey
		var added, used int64
		if err := rows.Scan(&p.ID, &p.person, &p.Host, &p.Name, &added, &used, &p.credential, &p.key, &p.count); err != nil {
			return nil, fmt.Errorf("reading a passkey: %w", err)
		}
		p.Added, p.Used = store.Moment(added), store.Moment(used)
		list = append(list, p)
	}
	return list, rows.Err()
}

// holder is a person as the library asks for one.
type holder struct {
	id          int64
	name, login string
}

// WebAuthnID says nothing about the person: no name is in it.
func (h holder) WebAuthnID() []byte                         { return binary.BigEndian.AppendUint64(nil, uint64(h.id)) }
func (h holder) WebAuthnName() string                       { return h.login }
func (h holder) WebAuthnDisplayName() string                { return h.name }
func (h holder) WebAuthnCredentials() []webauthn.Credential { return nil }

func (s Site) relyingParty() (*webauthn.WebAuthn, error) {
	w, err := webauthn.New(&webauthn.Config{
		RPID: s.Host, RPDisplayName: "giaoban", RPOrigins: []string{s.Origin},
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(),
			UserVerification: protocol.VerificationRequired,
		},
		AttestationPreference: protocol.PreferNoAttestation, // who made the device is nobody's business
	})
	if err != nil {
		return nil, fmt.Errorf("passkeys at %s: %w", s.Host, err)
	}
	return w, nil
}

// BeginPasskey starts adding a passkey for whoever confirmed the password, and
// gives what the browser asks the authenticator for, as JSON. Faults: Invalid at
// "name"; Conflict for somebody who has too many; Forbidden for who has to come by
// a passkey that is there already.
func BeginPasskey(ctx context.Context, db *store.DB, by Confirmation, site Site, name string, now time.Time) ([]byte, error) {
	name = fold.Name(name)
	if name == "" || len([]rune(name)) > passkeyName {
		return nil, fault.New(fault.Invalid, "account.passkey.name", "limit", passkeyName).At("name")
	}
	p, err := Find(ctx, db.Reader(), by.session.Person)
	if err != nil {
		return nil, err
	}
	if err := mayAddFactor(ctx, db.Reader(), by.session); err != nil {
		return nil, err
	}
	held, err := PasskeysOf(ctx, db.Reader(), p.ID)
	if err != nil {
		return nil, err
	}
	if len(held) >= passkeyMost {
		return nil, fault.New(fault.Conflict, "account.passkey.many", "limit", passkeyMost)
	}
	party, err := site.relyingParty()
	if err != nil {
		return nil, err
	}
	var known []protocol.CredentialDescriptor
	for _, one := range held {
		known = append(known, protocol.CredentialDescriptor{Type: protocol.PublicKeyCredentialType, CredentialID: one.credential})
	}
	creation, session, err := party.BeginRegistration(holder{p.ID, p.Name, p.Login}, webauthn.WithExclusions(known))
	if err != nil {
		return nil, fmt.Errorf("asking for a passkey: %w", err)
	}
	wanted, err := json.Marshal(session)
	if err != nil {
		return nil, fmt.Errorf("keeping a challenge: %w", err)
	}
	if err := keepChallenge(ctx, db, session.Challenge, by.session.ID, name, string(wanted), now); err != nil {
		return nil, err
	}
	return json.Marshal(creation.Response)
}

// AddPasskey takes the authenticator's answer to [BeginPasskey], from the same
// session. Faults: TooLate when nothing waits for it any more; Invalid for an
// answer that is not right; Conflict for a passkey that is known already.
func AddPasskey(ctx context.Context, tx *ledger.Tx, s Session, site Site, answer []byte, now time.Time) (Passkey, error) {
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return Passkey{}, fault.New(fault.Invalid, "account.passkey.wrong").Because(err)
	}
	name, wanted, err := takeChallenge(ctx, tx, parsed.Response.CollectedClientData.Challenge, s.ID, now)
	if err != nil {
		return Passkey{}, err
	}
	var session webauthn.SessionData
	if err := json.Unmarshal([]byte(wanted), &session); err != nil {
		return Passkey{}, fmt.Errorf("reading a challenge: %w", err)
	}
	party, err := site.relyingParty()
	if err != nil {
		return Passkey{}, err
	}
	made, err := party.CreateCredential(holder{id: s.Person}, session, parsed)
	if err != nil {
		return Passkey{}, fault.New(fault.Invalid, "account.passkey.wrong").Because(err)
	}
	p := Passkey{Host: site.Host, Name: name, Added: now, person: s.Person, credential: made.ID, key: made.PublicKey, count: int64(made.Authenticator.SignCount)}
	err = tx.QueryRowContext(ctx, `INSERT INTO passkey (person, credential, public_key, host, name, count, added)
		VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`, p.person, p.credential, p.key, p.Host, p.Name, p.count, store.Micro(p.Added)).Scan(&p.ID)
	if store.Unique(err) {
		return Passkey{}, fault.New(fault.Conflict, "account.passkey.known")
	}
	if err != nil {
		return Passkey{}, fmt.Errorf("keeping a passkey: %w", err)
	}
	return p, tx.Append(ledger.New{Kind: PasskeyAdded, Subject: subject(p.person), Payload: PasskeyPayload{p.credential, p.key, p.Host}})
}

// RemovePasskey forgets a passkey of the person who confirmed the password.
// What was signed with it stays proven. Faults: NotFound.
func RemovePasskey(ctx context.Context, tx *ledger.Tx, by Confirmation, id int64) error {
	held, err := passkeys(ctx, tx, `id = $1`, id)
	if err != nil {
		return err
	}
	if len(held) == 0 || held[0].person != by.session.Person {
		return fault.New(fault.NotFound, "account.passkey.missing")
	}
	return held[0].drop(ctx, tx)
}

// drop forgets the passkey; the log says so.
func (p Passkey) drop(ctx context.Context, tx *ledger.Tx) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM passkey WHERE id = $1`, p.ID); err != nil {
		return fmt.Errorf("removing a passkey: %w", err)
	}
	return tx.Append(ledger.New{Kind: PasskeyRemoved, Subject: subject(p.person), Payload: PasskeyPayload{p.credential, p.key, p.Host}})
}

func keepChallenge(ctx context.Context, db *store.DB, challenge string, session int64, name, wanted string, now time.Time) error {
	return db.Update(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM passkey_challenge WHERE expires <= $1`, store.Micro(now)); err != nil {
			return fmt.Errorf("clearing old challenges: %w", err)
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO passkey_challenge (challenge, session, name, wanted, expires) VALUES ($1, $2, $3, $4, $5)`,
			challenge, session, name, wanted, store.Micro(now.Add(challengeLife)))
		if err != nil {
			return fmt.Errorf("keeping a challenge: %w", err)
		}
		return nil
	})
}

// takeChallenge takes a challenge out, so that it is answered once. Faults:
// TooLate for none that waits in this session.
func takeChallenge(ctx context.Context, tx store.Querier, challenge string, session int64, now time.Time) (name, wanted string, err error) {
	err = tx.QueryRowContext(ctx, `DELETE FROM passkey_challenge WHERE challenge = $1 AND session = $2 AND expires > $3 RETURNING name, wanted`,
		challenge, session, store.Micro(now)).Scan(&name, &wanted)
	if store.Missing(err) {
		return "", "", fault.New(fault.TooLate, "account.passkey.late")
	}
	if err != nil {
		return "", "", fmt.Errorf("taking a challenge: %w", err)
	}
	return name, wanted, nil
}

func newChallenge() ([]byte, string, error) {
	b := make([]byte, challengeBytes)
	if _, err := rand.Read(b); err != nil {
		return nil, "", fmt.Errorf("making a challenge: %w", err)
	}
	return b, base64.RawURLEncoding.EncodeToString(b), nil
}
