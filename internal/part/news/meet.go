package news

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// meet finds which rules a comment meets, and refuses it where a rule says so.
func (c *Comment) meet(ctx context.Context, tx *ledger.Tx, rules Rules) error {
	c.words = c.hash()
	elsewhere, near, err := c.lately(ctx, tx, rules.Most)
	if err != nil {
		return err
	}
	text := string(c.Text)
	c.take(rules, HasLinks, len(c.Text.Links()) > 0 || bare(text))
	c.take(rules, Repeated, elsewhere || overAndOver(text))
	c.take(rules, HasWords, hasAny(c.Name+" . "+text, rules.List))
	c.take(rules, TooMany, near)
	return nil
}

// hash is by what the comment's words are known elsewhere.
func (c Comment) hash() string {
	sum := sha256.Sum256([]byte(lower(string(c.Text))))
	return hex.EncodeToString(sum[:])
}

// take notes that the comment meets a rule.
func (c *Comment) take(rules Rules, rule Rule, met bool) {
	then := rules.then(rule)
	if !met || then == Ignore {
		return
	}
	c.Met = append(c.Met, rule)
	if then == Refuse {
		c.State, c.DecidedAt = Refused, c.SentAt
	}
}

// lately says whether the same words were sent elsewhere, and whether as many comments as
// may came from the same range of addresses within an hour. It counts no further: a flood
// is not to make each comment slower than the one before.
func (c Comment) lately(ctx context.Context, q store.Querier, most int) (elsewhere, near bool, err error) {
	var same, here int
	err = q.QueryRowContext(ctx, `SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM news_comment WHERE words = $1 AND sent_at > $2 LIMIT 1) w),
		(SELECT COUNT(*) FROM (SELECT 1 FROM news_comment WHERE origin = $3 AND origin <> '' AND sent_at > $4 LIMIT $5) o)`,
		c.words, store.Micro(c.SentAt.Add(-SameFor)), string(c.origin), store.Micro(c.SentAt.Add(-time.Hour)), most).Scan(&same, &here)
	if err != nil {
		return false, false, fmt.Errorf("counting comments that were sent lately: %w", err)
	}
	return same > 0, here >= most, nil
}

// bare says whether a text has an address on the web that is not written as a link.
func bare(text string) bool {
	for _, word := range strings.Fields(strings.ToLower(text)) {
		if strings.Contains(word, "://") || strings.HasPrefix(word, "www.") {
			return true
		}
	}
	return false
}

// What is said over and over: one letter in a row, or words of which one is most.
const (
	inARow    = 8
	fewWords  = 8
	sameWords = 2 // one in so many
)

// overAndOver says whether a text says one thing again and again.
func overAndOver(text string) bool {
	row, last := 0, rune(0)
	for _, r := range text {
		if r != last {
			row, last = 0, r
		}
		if row++; row >= inARow && unicode.IsLetter(r) {
			return true
		}
	}
	words, times := spoken(text), map[string]int{}
	for _, word := range words {
		if times[word]++; len(words) >= fewWords && times[word]*sameWords > len(words) {
			return true
		}
	}
	return false
}

// hasAny says whether a text has one of the words or phrases.
func hasAny(text string, list []string) bool {
	said := " " + strings.Join(spoken(text), " ") + " "
	return slices.ContainsFunc(list, func(word string) bool {
		wanted := strings.Join(spoken(word), " ")
		return wanted != "" && strings.Contains(said, " "+wanted+" ")
	})
}

// spoken are a text's words in lower case, without what stands between them.
func spoken(text string) []string {
	return strings.FieldsFunc(lower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
}
