package directive

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Schema is the tables of directives.
//
//go:embed schema
var Schema embed.FS

// Texts are what this package says to people.
//
//go:embed texts.yaml
var Texts embed.FS

// State is how far a directive has come.
type State string

// The states of a directive.
const (
	Drafted State = "draft"
	InForce State = "issued"
	Ceased  State = "closed"
)

// Directive is what a unit asks of the units below it.
type Directive struct {
	ID       int64
	Unit     tree.UnitID // the issuing unit
	State    State
	Version  int       // the newest issued one; 0 while it is a draft
	Document Document  // of the newest version, shared: not to be written into; zero while it is a draft
	IssuedAt time.Time // when the first version was issued; zero while it is a draft
	ClosedAt time.Time // zero until it was closed

	// Draft is what is being written, the first version or the next one; nil when
	// nothing is.
	Draft     *Draft
	Revision  int64 // counts the saves of the draft
	DraftedBy int64 // the person who saved last
	DraftedAt time.Time
}

// Draft is a document that is being written. It may be incomplete and wrong:
// only [Issue] and [Revise] insist.
type Draft struct {
	Document Document `json:"document"`
	// Typed is what stands in fields whose content could not be read, as a day
	// that does not exist, by the name of the field. It keeps the document from
	// being issued.
	Typed map[string]string `json:"typed,omitempty"`
}

// Subject is how events name a directive.
func Subject(id int64) string { return "directive:" + strconv.FormatInt(id, 10) }

const columns = `d.id, d.unit_id, d.state, d.version, d.revision, d.draft, d.drafted_by, d.drafted_at,
	d.issued_at, d.closed_at, COALESCE(v.document, '')`

const from = ` FROM directive d LEFT JOIN directive_version v ON v.directive_id = d.id AND v.version = d.version `

func scan(row func(...any) error) (Directive, error) {
	var d Directive
	var draft, document string
	var drafted, issued, closed int64
	err := row(&d.ID, &d.Unit, &d.State, &d.Version, &d.Revision, &draft, &d.DraftedBy, &drafted,
		&issued, &closed, &document)
	if err != nil {
		return Directive{}, err
	}
	d.DraftedAt, d.IssuedAt, d.ClosedAt = store.Moment(drafted), store.Moment(issued), store.Moment(closed)
	if draft != "" {
		d.Draft = &Draft{}
		if err := json.Unmarshal([]byte(draft), d.Draft); err != nil {
			return Directive{}, fmt.Errorf("reading the draft of directive %d: %w", d.ID, err)
		}
	}
	if document != "" {
		var err error
		if d.Document, err = decoded.of(document); err != nil {
			return Directive{}, fmt.Errorf("reading the document of directive %d: %w", d.ID, err)
		}
	}
	return d, nil
}

// Get gives a directive; NotFound when there is none. Whether the actor may see
// it, [Read] decides.
func Get(ctx context.Context, q store.Querier, id int64) (Directive, error) {
	d, err := scan(q.QueryRowContext(ctx, `SELECT `+columns+from+`WHERE d.id = $1`, id).Scan)
	if store.Missing(err) {
		return Directive{}, notFound()
	}
	if err != nil {
		return Directive{}, fmt.Errorf("reading directive %d: %w", id, err)
	}
	return d, nil
}

// lock reads a directive and keeps everybody else from changing it until the
// transaction ends.
func lock(ctx context.Context, tx *ledger.Tx, id int64) (Directive, error) {
	if _, err := tx.ExecContext(ctx, `UPDATE directive SET revision = revision WHERE id = $1`, id); err != nil {
		return Directive{}, fmt.Errorf("locking directive %d: %w", id, err)
	}
	return Get(ctx, tx, id)
}

func notFound() *fault.Error { return fault.New(fault.NotFound, "directive.not-found") }
