package register

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

// NumberCommand numbers a signed paper.
type NumberCommand struct {
	Paper int64
	Dated clock.Date // the day that stands on it
	Taken int64      // a number that was reserved; 0 for the next
}

// Number gives a signed paper its number and date, by the clerk. Numbers of one unit,
// kind and committee term run from 1, without gaps or doubles however many clerks are at
// work (guidance 36-HD/VPTW, II.1.3). Numbering again changes nothing. Faults: Forbidden;
// Conflict where it is not signed; Invalid at "dated" and "number".
func Number(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd NumberCommand) (Paper, error) {
	p, err := lock(ctx, tx, cmd.Paper)
	if err != nil {
		return Paper{}, err
	}
	if err := actor.May(access.PaperNumber, p.Unit); err != nil {
		return Paper{}, err
	}
	if p.State == Numbered || p.State == Issued {
		return p, nil
	}
	if p.State != Signed {
		return Paper{}, fault.New(fault.Conflict, "register.not-signed")
	}
	rules, err := org.Profile(ctx, tx)
	if err != nil {
		return Paper{}, err
	}
	today := clock.DateOf(tx.Now(), rules.Location())
	if _, err := clock.ParseDate(string(cmd.Dated)); err != nil || cmd.Dated == "" || cmd.Dated > today {
		return Paper{}, fault.New(fault.Invalid, "register.dated").At("dated")
	}
	if err := keepTerms(ctx, tx, p.Unit); err != nil {
		return Paper{}, err
	}
	s, err := seriesOf(ctx, tx, p.Unit, p.Kind, cmd.Dated)
	if err != nil {
		return Paper{}, err
	}
	if cmd.Taken == 0 {
		if cmd.Taken, err = s.take(ctx, tx, actor, p.ID, used, ""); err != nil {
			return Paper{}, err
		}
	} else if err := s.use(ctx, tx, cmd.Taken, p.ID); err != nil {
		return Paper{}, err
	}
	kind, _ := rules.PaperKind(p.Kind)
	symbol, err := SymbolOf(ctx, tx, p.Unit)
	if err != nil {
		return Paper{}, err
	}
	p.State, p.Number, p.NumberText, p.Dated = Numbered, cmd.Taken, written(cmd.Taken, kind.Symbol, symbol), cmd.Dated
	if err := p.save(ctx, tx); err != nil {
		return Paper{}, err
	}
	return p, p.tell(tx, WasNumbered, Act{Name: actor.Name})
}

// written is a number as it stands on a paper: "05-TB/VPTU".
func written(number int64, kind, office string) string {
	if office == "" {
		return fmt.Sprintf("%02d-%s", number, kind)
	}
	return fmt.Sprintf("%02d-%s/%s", number, kind, office)
}

// What became of a number.
const (
	reserved  = "reserved"
	used      = "used"
	cancelled = "cancelled"
)

// Taking is a number of a series that was ever taken.
type Taking struct {
	Number int64
	Term   clock.Date // first day; "" before the first that was set
	Paper  int64      // 0 for none
	State  string     // reserved, used or cancelled
	Reason string     // of a reservation or a cancellation
	Clerk  string
	At     time.Time
}

// Reserved says whether it waits for a paper.
func (t Taking) Reserved() bool { return t.State == reserved }

// Numbers gives the numbers that a unit took for a kind, the newest term and number first.
func Numbers(ctx context.Context, q store.Querier, unit tree.UnitID, kind string) ([]Taking, error) {
	rows, err := q.QueryContext(ctx, `SELECT number, term, paper_id, state, reason, clerk, taken_at FROM paper_number
		WHERE unit_id = $1 AND kind = $2 ORDER BY term DESC, number DESC`, unit, kind)
	if err != nil {
		return nil, fmt.Errorf("reading the numbers of unit %d: %w", unit, err)
	}
	defer rows.Close()
	var list []Taking
	for rows.Next() {
		var t Taking
		var at int64
		if err := rows.Scan(&t.Number, &t.Term, &t.Paper, &t.State, &t.Reason, &t.Clerk, &at); err != nil {
			return nil, fmt.Errorf("reading a number of unit %d: %w", unit, err)
		}
		t.At = store.Moment(at)
		list = append(list, t)
	}
	return list, rows.Err()
}

// series is the numbers of one unit, kind and committee term.
type series struct {
	unit tree.UnitID
	kind string
	term clock.Date // first day; "" before the first that was set
}

func seriesOf(ctx context.Context, q store.Querier, unit tree.UnitID, kind string, day clock.Date) (series, error) {
	s := series{unit: unit, kind: kind}
	err := q.QueryRowContext(ctx, `SELECT COALESCE(MAX(from_day), '') FROM paper_term WHERE unit_id = $1 AND from_day <= $2`, unit, day).Scan(&s.term)
	if err != nil {
		return s, fmt.Errorf("reading the committee term of unit %d: %w", unit, err)
	}
	return s, nil
}

// keepTerms keeps a term from beginning at a unit while a number is given there, until the
// transaction ends: a paper dated in the new term would have a number of the old one.
func keepTerms(ctx context.Context, tx *ledger.Tx, unit tree.UnitID) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO paper_office (unit_id, symbol) VALUES ($1, '')
		ON CONFLICT (unit_id) DO UPDATE SET symbol = paper_office.symbol`, unit)
	if err != nil {
		return fmt.Errorf("keeping the terms of unit %d: %w", unit, err)
	}
	return nil
}

// take takes the next number. Its row stays locked until the transaction ends, so that
// a number that is not kept after all is the next one's.
func (s series) take(ctx context.Context, tx *ledger.Tx, actor access.Actor, paper int64, state, reason string) (n int64, err error) {
	err = tx.QueryRowContext(ctx, `INSERT INTO paper_series (unit_id, kind, term, last) VALUES ($1, $2, $3, 1)
		ON CONFLICT (unit_id, kind, term) DO UPDATE SET last = paper_series.last + 1 RETURNING last`, s.unit, s.kind, s.term).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("taking a number of unit %d: %w", s.unit, err)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO paper_number (unit_id, kind, term, number, paper_id, state, reason, clerk, taken_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, s.unit, s.kind, s.term, n, paper, state, reason, actor.Name, store.Micro(tx.Now()))
	if err != nil {
		return 0, fmt.Errorf("noting number %d of unit %d: %w", n, s.unit, err)
	}
	return n, nil
}

// use gives a reserved number to a paper.
func (s series) use(ctx context.Context, tx *ledger.Tx, number, paper int64) error {
	return s.turn(ctx, tx, number, used, ` AND state = 'reserved'`, `paper_id = $6`, paper)
}

// turn changes what became of a number; Invalid at "number" where it is not as it must be.
func (s series) turn(ctx context.Context, tx *ledger.Tx, number int64, state, only, set string, arg any) error {
	result, err := tx.ExecContext(ctx, `UPDATE paper_number SET state = $5, `+set+` WHERE unit_id = $1 AND kind = $2 AND term = $3 AND number = $4`+only,
		s.unit, s.kind, s.term, number, state, arg)
	if err != nil {
		return fmt.Errorf("changing number %d of unit %d: %w", number, s.unit, err)
	}
	n, err := result.RowsAffected()
	if err != nil {
		return fmt.Errorf("changing number %d of unit %d: %w", number, s.unit, err)
	}
	if n == 0 {
		return fault.New(fault.Invalid, "register.number-unknown").At("number")
	}
	return nil
}

// Reserve takes the next number of a kind without a paper, with a reason, by the clerk.
// Faults: Forbidden; Invalid at "kind" and "reason".
func Reserve(ctx context.Context, tx *ledger.Tx, actor access.Actor, unit tree.UnitID, kind, reason string) (int64, error) {
	rules, reason, err := clerk(ctx, tx, actor, unit, kind, reason)
	if err != nil {
		return 0, err
	}
	s, err := seriesOf(ctx, tx, unit, kind, clock.DateOf(tx.Now(), rules.Location()))
	if err != nil {
		return 0, err
	}
	n, err := s.take(ctx, tx, actor, 0, reserved, reason)
	if err != nil {
		return 0, err
	}
	return n, s.tell(tx, NumberReserved, n, reason, actor)
}

// CancelNumber says that a number in the present term will stand on no paper, with a
// reason, by the clerk; a paper that had it and is not issued has none any more and is
// cancelled with it. It is never taken again. Faults: Forbidden; Conflict where the paper
// is issued; Invalid at "number" and "reason".
func CancelNumber(ctx context.Context, tx *ledger.Tx, actor access.Actor, unit tree.UnitID, kind string, number int64, reason string) error {
	rules, reason, err := clerk(ctx, tx, actor, unit, kind, reason)
	if err != nil {
		return err
	}
	s, err := seriesOf(ctx, tx, unit, kind, clock.DateOf(tx.Now(), rules.Location()))
	if err != nil {
		return err
	}
	holder, err := s.holder(ctx, tx, number)
	if err != nil {
		return err
	}
	if holder != 0 {
		if err := cancelPaper(ctx, tx, actor, holder, reason); err != nil {
			return err
		}
	}
	still := fmt.Sprintf(` AND state <> 'cancelled' AND paper_id = %d`, holder) // no other clerk has used it meanwhile
	if err := s.turn(ctx, tx, number, cancelled, still, `reason = $6`, reason); err != nil {
		return err
	}
	return s.tell(tx, NumberCancelled, number, reason, actor)
}

// holder is the paper that has a number; 0 for none.
func (s series) holder(ctx context.Context, tx *ledger.Tx, number int64) (paper int64, err error) {
	err = tx.QueryRowContext(ctx, `SELECT paper_id FROM paper_number WHERE unit_id = $1 AND kind = $2 AND term = $3 AND number = $4`,
		s.unit, s.kind, s.term, number).Scan(&paper)
	if err != nil && !store.Missing(err) {
		return 0, fmt.Errorf("looking for the paper with number %d of unit %d: %w", number, s.unit, err)
	}
	return paper, nil
}

// cancelPaper cancels a paper with its number, unless it is issued.
func cancelPaper(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, reason string) error {
	p, err := lock(ctx, tx, id)
	if err != nil {
		return err
	}
	if p.State == Issued {
		return fault.New(fault.Conflict, "register.was-issued")
	}
	p.State = Cancelled
	if err := p.save(ctx, tx); err != nil {
		return err
	}
	return p.tell(tx, WasCancelled, Act{Reason: reason, Name: actor.Name})
}

func (s series) tell(tx *ledger.Tx, kind ledger.Kind, n int64, reason string, actor access.Actor) error {
	return tx.Append(ledger.New{Unit: int64(s.unit), Kind: kind, Subject: subjectOf(s.unit), Payload: Taken{
		Unit: s.unit, Kind: s.kind, Term: s.term, Number: n, Reason: reason, Name: actor.Name,
	}})
}

func subjectOf(unit tree.UnitID) string { return fmt.Sprintf("register:%d", unit) }

// SymbolOf is what stands behind the kind in the numbers of a unit's papers; "" where its
// office has set none.
func SymbolOf(ctx context.Context, q store.Querier, unit tree.UnitID) (symbol string, err error) {
	err = q.QueryRowContext(ctx, `SELECT symbol FROM paper_office WHERE unit_id = $1`, unit).Scan(&symbol)
	if store.Missing(err) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("reading the symbol of unit %d: %w", unit, err)
	}
	return symbol, nil
}

// SymbolFor is what the number of a paper will end in: "TB/VPTU".
func SymbolFor(ctx context.Context, q store.Querier, p Paper) (string, error) {
	rules, err := org.Profile(ctx, q)
	if err != nil {
		return "", err
	}
	kind, _ := rules.PaperKind(p.Kind)
	office, err := SymbolOf(ctx, q, p.Unit)
	if err != nil || office == "" {
		return kind.Symbol, err
	}
	return kind.Symbol + "/" + office, nil
}

// mostSymbol bounds a symbol, in characters.
const mostSymbol = 20

// SetSymbol sets what stands behind the kind in the numbers of a unit's papers from now
// on: the VPTU of "12-TB/VPTU". Faults: Forbidden; Invalid at "symbol".
func SetSymbol(ctx context.Context, tx *ledger.Tx, actor access.Actor, unit tree.UnitID, symbol string) error {
	if err := actor.May(access.PaperNumber, unit); err != nil {
		return err
	}
	symbol = strings.TrimSpace(symbol)
	if n := utf8.RuneCountInString(symbol); n == 0 || n > mostSymbol || strings.ContainsAny(symbol, " \n\t") {
		return fault.New(fault.Invalid, "register.symbol", "most", mostSymbol).At("symbol")
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO paper_office (unit_id, symbol) VALUES ($1, $2) ON CONFLICT (unit_id) DO UPDATE SET symbol = excluded.symbol`, unit, symbol)
	if err != nil {
		return fmt.Errorf("setting the symbol of unit %d: %w", unit, err)
	}
	return tx.Append(ledger.New{Unit: int64(unit), Kind: SymbolSet, Subject: subjectOf(unit), Payload: Taken{Unit: unit, Symbol: symbol, Name: actor.Name}})
}

// BeginTerm says on which day a committee's term began, the day after its congress
// closed: papers that are dated from then on are numbered from 01 again. Faults:
// Forbidden; Invalid at "from"; Conflict where a number of a later day was taken already.
func BeginTerm(ctx context.Context, tx *ledger.Tx, actor access.Actor, unit tree.UnitID, from clock.Date) error {
	if err := actor.May(access.PaperNumber, unit); err != nil {
		return err
	}
	if _, err := clock.ParseDate(string(from)); err != nil || from == "" {
		return fault.New(fault.Invalid, "register.dated").At("from")
	}
	if err := keepTerms(ctx, tx, unit); err != nil {
		return err
	}
	later, err := read(ctx, tx, `WHERE p.unit_id = $1 AND p.dated >= $2 AND p.number > 0 LIMIT 1`, unit, from)
	if err != nil {
		return err
	}
	if len(later) > 0 {
		return fault.New(fault.Conflict, "register.term-late", "number", later[0].NumberText)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO paper_term (unit_id, from_day) VALUES ($1, $2) ON CONFLICT (unit_id, from_day) DO NOTHING`, unit, from)
	if err != nil {
		return fmt.Errorf("beginning a term of unit %d: %w", unit, err)
	}
	return tx.Append(ledger.New{Unit: int64(unit), Kind: TermBegun, Subject: subjectOf(unit), Payload: Taken{Unit: unit, Term: from, Name: actor.Name}})
}

// Terms are the first days of a unit's committee terms that its office set, the newest
// first.
func Terms(ctx context.Context, q store.Querier, unit tree.UnitID) (list []clock.Date, err error) {
	rows, err := q.QueryContext(ctx, `SELECT from_day FROM paper_term WHERE unit_id = $1 ORDER BY from_day DESC`, unit)
	if err != nil {
		return nil, fmt.Errorf("reading the terms of unit %d: %w", unit, err)
	}
	defer rows.Close()
	for rows.Next() {
		var from clock.Date
		if err := rows.Scan(&from); err != nil {
			return nil, fmt.Errorf("reading a term of unit %d: %w", unit, err)
		}
		list = append(list, from)
	}
	return list, rows.Err()
}

// clerk refuses whoever keeps no register at the unit, and what no number can be taken for.
func clerk(ctx context.Context, q store.Querier, actor access.Actor, unit tree.UnitID, kind, reason string) (*profile.Profile, string, error) {
	if err := actor.May(access.PaperNumber, unit); err != nil {
		return nil, "", err
	}
	rules, err := org.Profile(ctx, q)
	if err != nil {
		return nil, "", err
	}
	if _, known := rules.PaperKind(kind); !known {
		return nil, "", fault.New(fault.Invalid, "register.kind-unknown").At("kind")
	}
	reason, err = said(reason)
	return rules, reason, err
}
