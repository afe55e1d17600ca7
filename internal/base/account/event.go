package account

import (
	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
)

// The kinds of events of this package. Their subject is "person:N", of those
// about invitations "invitation:N". Names stand in payloads alone, from which
// they can be erased.
const (
	SetUpDone           ledger.Kind = "account.set-up"
	Created             ledger.Kind = "account.created"              // CreatedPayload
	Changed             ledger.Kind = "account.changed"              // ChangedPayload
	RoleGiven           ledger.Kind = "account.role-given"           // RolePayload
	RoleEnded           ledger.Kind = "account.role-ended"           // RolePayload
	Disabled            ledger.Kind = "account.disabled"             // no payload
	Enabled             ledger.Kind = "account.enabled"              // no payload
	PasswordChanged     ledger.Kind = "account.password-changed"     // no payload
	Invited             ledger.Kind = "account.invited"              // InvitedPayload
	InvitationRenewed   ledger.Kind = "account.invitation-renewed"   // no payload
	InvitationWithdrawn ledger.Kind = "account.invitation-withdrawn" // no payload
	InvitationAccepted  ledger.Kind = "account.invitation-accepted"  // AcceptedPayload
	PasskeyAdded        ledger.Kind = "account.passkey-added"        // PasskeyPayload
	PasskeyRemoved      ledger.Kind = "account.passkey-removed"      // PasskeyPayload
	FactorAdded         ledger.Kind = "account.factor-added"         // no payload
	FactorRemoved       ledger.Kind = "account.factor-removed"       // no payload
	FactorReset         ledger.Kind = "account.factor-reset"         // no payload: by an administrator
	RecoveryRenewed     ledger.Kind = "account.recovery-renewed"     // no payload
	FactorAsked         ledger.Kind = "account.factor-asked"         // FactorAskedPayload, about the root
	HandedOver          ledger.Kind = "account.delegated"            // HandedOverPayload, about the delegate
	TakenBack           ledger.Kind = "account.delegation-ended"     // TakenBackPayload, about the delegate
	AddressFailed       ledger.Kind = "account.address-failed"       // no payload: the mail server refuses it
	AddressTried        ledger.Kind = "account.address-tried"        // no payload: letters go to it again
)

// FactorAskedPayload is the roles that need a second factor from now on.
type FactorAskedPayload struct {
	Roles []access.Role `json:"roles"`
}

// CreatedPayload is who was created.
type CreatedPayload struct {
	Name string `json:"name"`
}

// ChangedPayload is what a person is called from now on. Address and telephone
// stay out of the log.
type ChangedPayload struct {
	Name string `json:"name"`
}

// RolePayload is the role that a person got or lost at the event's unit.
type RolePayload struct {
	Person int64       `json:"person"`
	Role   access.Role `json:"role"`
}

// InvitedPayload is who is invited to the event's unit, and as what. Person is
// set, and roles are none, where somebody gets a new password by the code.
type InvitedPayload struct {
	Roles  []access.Role `json:"roles,omitempty"`
	Person int64         `json:"person,omitempty"`
	Name   string        `json:"name,omitempty"`
}

// AcceptedPayload is who came in by an invitation.
type AcceptedPayload struct {
	Person int64 `json:"person"`
}

// PasskeyPayload is a passkey that a person has from now on, or no longer: by it
// signatures are checked from the log alone.
type PasskeyPayload struct {
	Credential []byte `json:"credential"`
	Key        []byte `json:"publicKey"` // COSE
	Host       string `json:"host"`      // the relying party's id
}

// HandedOverPayload is what a leader of the event's unit handed over to a person.
type HandedOverPayload struct {
	Delegation int64           `json:"delegation"`
	Leader     int64           `json:"leader"`
	Person     int64           `json:"person"`
	Actions    []access.Action `json:"actions"`
	Authority  string          `json:"authority"` // as it stands in a signature
	From       clock.Date      `json:"from"`
	To         clock.Date      `json:"to"` // included
	Decision   string          `json:"decision,omitempty"`
}

// TakenBackPayload is a delegation that ended before its last day.
type TakenBackPayload struct {
	Delegation int64 `json:"delegation"`
	Person     int64 `json:"person"`
}

// none is the payload of events that say all by their kind and subject.
type none struct{}
