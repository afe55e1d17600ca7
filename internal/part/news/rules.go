package news

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Rule is something about a comment that its desk is told.
type Rule string

// The rules, in the order in which they are told.
const (
	HasLinks Rule = "links"    // it leads elsewhere on the web
	Repeated Rule = "repeated" // it says one thing over and over, or what was sent elsewhere
	HasWords Rule = "words"    // it has words of the desk's list
	TooMany  Rule = "rate"     // more came from the same range of addresses than may
)

// Bounds of a desk's rules.
const (
	mostWords = 500
	mostWord  = 60 // characters
	mostDays  = 3650
	mostKept  = 90
)

// Consequence is what follows where a comment meets a rule.
type Consequence string

// The consequences. Every comment waits for the desk; it is kept and told whatever follows.
const (
	Ignore Consequence = "off"    // the desk is not told
	Tell   Consequence = "hold"   // the desk is told
	Refuse Consequence = "refuse" // the comment does not wait: it lies with those that were refused
)

// Rules are what a desk does about comments by itself.
type Rules struct {
	Links    Consequence `json:"links"`
	Repeated Consequence `json:"repeated"`
	Words    Consequence `json:"words"`
	Rate     Consequence `json:"rate"`

	List []string `json:"list,omitempty"` // words and phrases, as they are written
	Most int      `json:"most"`           // comments an hour from one range of addresses
	Days int      `json:"days"`           // for which an article takes comments; 0 for ever

	Email bool `json:"email,omitempty"` // a comment needs an address for letters
	Kept  int  `json:"kept"`            // days for which the origin of a comment is kept
}

// usual are the rules of a desk that made none.
var usual = Rules{Links: Tell, Repeated: Tell, Words: Tell, Rate: Tell, Most: 20, Kept: 7}

// UnmarshalJSON reads rules. What was written before there was a setting has the program's.
func (r *Rules) UnmarshalJSON(text []byte) error {
	type plain Rules
	read := plain{Kept: usual.Kept}
	if err := json.Unmarshal(text, &read); err != nil {
		return fmt.Errorf("reading rules: %w", err)
	}
	*r = Rules(read)
	return nil
}

// RulesOf gives the rules of a unit's desk.
func RulesOf(ctx context.Context, q store.Querier, unit tree.UnitID) (r Rules, err error) {
	var row string
	err = q.QueryRowContext(ctx, `SELECT rules FROM news_rules WHERE unit_id = $1`, unit).Scan(&row)
	if store.Missing(err) {
		return usual, nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(row), &r)
	}
	if err != nil {
		return Rules{}, fmt.Errorf("reading the rules of desk %d: %w", unit, err)
	}
	return r, nil
}

// SetRules changes a desk's rules; for comments that are sent from then on. Faults:
// Forbidden; Conflict where the news come from another installation; Invalid at the fields
// "links", "repeated", "words", "rate", "list", "most", "days" and "kept".
func SetRules(ctx context.Context, tx *ledger.Tx, actor access.Actor, unit tree.UnitID, r Rules) (Rules, error) {
	if err := actor.May(access.NewsModerate, unit); err != nil {
		return Rules{}, err
	}
	if err := ownDesk(ctx, tx); err != nil {
		return Rules{}, err
	}
	return r.keep(ctx, tx, unit, actor.Name)
}

// keep has rules hold at a desk from now on.
func (r Rules) keep(ctx context.Context, tx *ledger.Tx, unit tree.UnitID, by string) (Rules, error) {
	if err := r.check(); err != nil {
		return Rules{}, err
	}
	r.List = listed(r.List)
	row, err := json.Marshal(r)
	if err != nil {
		return Rules{}, fmt.Errorf("encoding the rules of desk %d: %w", unit, err)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO news_rules (unit_id, rules) VALUES ($1, $2) ON CONFLICT (unit_id) DO UPDATE SET rules = excluded.rules`, unit, string(row))
	if err != nil {
		return Rules{}, fmt.Errorf("keeping the rules of desk %d: %w", unit, err)
	}
	return r, tx.Append(ledger.New{Unit: int64(unit), Kind: RulesWereSet, Subject: "desk:" + strconv.FormatInt(int64(unit), 10), Payload: RulesSet{Rules: r, Name: by}})
}

func (r Rules) check() error {
	var wrong fault.List
	for field, then := range map[string]Consequence{"links": r.Links, "repeated": r.Repeated, "words": r.Words, "rate": r.Rate} {
		if then != Ignore && then != Tell && then != Refuse {
			wrong = append(wrong, fault.New(fault.Invalid, "news.rules.then").At(field))
		}
	}
	list := listed(r.List)
	if len(list) > mostWords || slices.ContainsFunc(list, func(word string) bool { return utf8.RuneCountInString(word) > mostWord }) {
		wrong = append(wrong, fault.New(fault.Invalid, "news.rules.list", "most", mostWords, "long", mostWord).At("list"))
	}
	if r.Most < 1 {
		wrong = append(wrong, fault.New(fault.Invalid, "news.rules.most").At("most"))
	}
	if r.Days < 0 || r.Days > mostDays {
		wrong = append(wrong, fault.New(fault.Invalid, "news.rules.days", "most", mostDays).At("days"))
	}
	if r.Kept < 1 || r.Kept > mostKept {
		wrong = append(wrong, fault.New(fault.Invalid, "news.rules.kept", "most", mostKept).At("kept"))
	}
	return wrong.Err()
}

// listed are a list's words, each once.
func listed(typed []string) (list []string) {
	for _, word := range typed {
		if word = lower(word); word != "" && !slices.Contains(list, word) {
			list = append(list, word)
		}
	}
	return list
}

// lower is a text as words of the list are compared: marks count, since "ma" is not "má".
func lower(s string) string { return strings.ToLower(fold.Name(s)) }

// Ends is when an article takes no more comments by its desk's rules; the zero moment for
// never.
func (r Rules) Ends(published time.Time) time.Time {
	if r.Days == 0 {
		return time.Time{}
	}
	return published.AddDate(0, 0, r.Days)
}

// then is what follows where a comment meets a rule.
func (r Rules) then(rule Rule) Consequence {
	return map[Rule]Consequence{HasLinks: r.Links, Repeated: r.Repeated, HasWords: r.Words, TooMany: r.Rate}[rule]
}
