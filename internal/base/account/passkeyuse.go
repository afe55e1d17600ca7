package account

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/go-webauthn/webauthn/protocol"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
)

// ByPasskey is the method of a signature by a passkey: it stands under one
// statement, and the event proves it.
const ByPasskey = "passkey"

// AskPasskey is what a browser asks an authenticator for, as JSON: an answer to
// a challenge by one of the passkeys that a person has at a site; of any person
// for 0.
func AskPasskey(ctx context.Context, q store.Querier, site Site, person int64, challenge []byte) ([]byte, error) {
	options := protocol.PublicKeyCredentialRequestOptions{
		Challenge: challenge, RelyingPartyID: site.Host, UserVerification: protocol.VerificationRequired,
		Timeout: int(challengeLife / time.Millisecond),
	}
	if person != 0 {
		held, err := PasskeysOf(ctx, q, person)
		if err != nil {
			return nil, err
		}
		for _, p := range held {
			if p.Host == site.Host {
				options.AllowedCredentials = append(options.AllowedCredentials,
					protocol.CredentialDescriptor{Type: protocol.PublicKeyCredentialType, CredentialID: p.credential})
			}
		}
	}
	return json.Marshal(options)
}

// BeginSignIn asks for any passkey of the site to sign in with.
func BeginSignIn(ctx context.Context, db *store.DB, site Site, now time.Time) ([]byte, error) {
	challenge, text, err := newChallenge()
	if err != nil {
		return nil, err
	}
	if err := keepChallenge(ctx, db, text, 0, "", "", now); err != nil {
		return nil, err
	}
	return AskPasskey(ctx, db.Reader(), site, 0, challenge)
}

// SignInByPasskey opens a session for the holder of a passkey that answered
// [BeginSignIn]. Login and Password of cmd are not asked for. Faults: TooLate
// when nothing waits for the answer; Invalid for one that is not right, for a
// passkey nobody has and for a disabled account alike.
func SignInByPasskey(ctx context.Context, db *store.DB, site Site, answer []byte, cmd SignInCommand) (Session, Token, error) {
	p, a, err := answered(ctx, db.Reader(), site, answer)
	if err != nil {
		return Session{}, "", err
	}
	if person, _, err := credentials(ctx, db.Reader(), `id = $1`, p.person); err != nil || person == 0 {
		return Session{}, "", orRefused(err)
	}
	s := Session{Person: p.person, Created: cmd.Now, Agent: cmd.Agent, Address: cmd.Address, passkey: true}
	var token Token
	err = db.Update(ctx, func(tx *sql.Tx) error {
		client, challenge, err := a.client()
		if err != nil {
			return orRefused(nil)
		}
		if _, _, err := takeChallenge(ctx, tx, client.Challenge, 0, cmd.Now); err != nil {
			return err
		}
		if a.Check(challenge) != nil {
			return orRefused(nil)
		}
		if err := p.use(ctx, tx, a, cmd.Now); err != nil {
			return err
		}
		s, token, err = open(ctx, tx, s)
		return err
	})
	return s, token, err
}

// SignByPasskey gives the signature of the session's person by what an
// authenticator answered. Whether it stands under what is being signed,
// [Signature.Covers] says. Faults: Invalid for an answer that is not right or
// by a passkey of somebody else.
func SignByPasskey(ctx context.Context, db *store.DB, site Site, s Session, actor access.Actor, as Capacity, answer []byte, now time.Time) (Signature, error) {
	p, a, err := answered(ctx, db.Reader(), site, answer)
	if err != nil {
		return Signature{}, err
	}
	_, challenge, err := a.client()
	if err != nil || p.person != actor.Person || s.Person != actor.Person || a.Check(challenge) != nil {
		return Signature{}, orRefused(nil)
	}
	if err := db.Update(ctx, func(tx *sql.Tx) error { return p.use(ctx, tx, a, now) }); err != nil {
		return Signature{}, err
	}
	signature := ToSign(actor, as)
	signature.Session, signature.Passkey = s.ID, &a
	return signature, nil
}

// answered reads an authenticator's answer and finds its passkey at the site.
func answered(ctx context.Context, q store.Querier, site Site, answer []byte) (Passkey, Assertion, error) {
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return Passkey{}, Assertion{}, orRefused(nil)
	}
	held, err := passkeys(ctx, q, `credential = $1`, []byte(parsed.RawID))
	if err != nil || len(held) == 0 || held[0].Host != site.Host || parsed.Response.CollectedClientData.Origin != site.Origin {
		return Passkey{}, Assertion{}, orRefused(err)
	}
	raw := parsed.Raw.AssertionResponse
	return held[0], Assertion{
		Credential: held[0].credential, Key: held[0].key, Host: site.Host,
		Data: raw.AuthenticatorData, Client: raw.ClientDataJSON, Signature: raw.Signature,
	}, nil
}

// use writes down that a passkey was used. A count that went back tells of a copy
// of the key: refused. The same answer sent once more has the same count.
func (p Passkey) use(ctx context.Context, tx store.Querier, a Assertion, now time.Time) error {
	result, err := tx.ExecContext(ctx, `UPDATE passkey SET used = $1, count = $2 WHERE id = $3 AND count <= $2`,
		store.Micro(now), a.count(), p.ID)
	if err != nil {
		return fmt.Errorf("writing down that a passkey was used: %w", err)
	}
	n, err := result.RowsAffected()
	if err == nil && n == 0 {
		return orRefused(nil)
	}
	return err
}

// orRefused is err, or the refusal of an answer: which of the reasons it was is
// not said.
func orRefused(err error) error {
	if err != nil {
		return err
	}
	return fault.New(fault.Invalid, "account.passkey.refused")
}
