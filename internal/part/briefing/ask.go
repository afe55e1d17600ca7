package briefing

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// MostQuestion is the most characters of a question and of its answer.
const MostQuestion = 1000

// Question is what a site asked the chair in writing.
type Question struct {
	ID         int64       `json:"question"`
	Briefing   int64       `json:"briefing"`
	Unit       tree.UnitID `json:"unit"`
	Text       string      `json:"text"`
	AskedAt    time.Time   `json:"asked"`
	Answer     string      `json:"answer,omitempty"`
	Aloud      bool        `json:"aloud,omitempty"` // it was answered aloud
	AnsweredAt time.Time   `json:"answered,omitzero"`
}

// AskCommand asks the chair and the secretaries in writing.
type AskCommand struct {
	Briefing int64
	Unit     tree.UnitID
	Key      string // of the form: the same key asks once
	Text     string
}

// Ask asks in writing, while the meeting goes on.
func Ask(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd AskCommand) (Question, error) {
	b, s, err := at(ctx, tx, actor, cmd.Briefing, cmd.Unit)
	if err != nil {
		return Question{}, err
	}
	cmd.Text = strings.TrimSpace(cmd.Text)
	switch n := utf8.RuneCountInString(cmd.Text); {
	case b.State != Open:
		return Question{}, notOpen(b)
	case cmd.Key == "":
		return Question{}, fmt.Errorf("asking in briefing %d: a key is needed", b.ID)
	case n == 0:
		return Question{}, fault.New(fault.Invalid, "briefing.question-needed").At("question")
	case n > MostQuestion:
		return Question{}, fault.New(fault.Invalid, "briefing.long", "most", MostQuestion).At("question")
	}
	known, err := readQuestions(ctx, tx, `WHERE q.key = $1`, cmd.Key)
	if err != nil {
		return Question{}, err
	}
	if len(known) > 0 {
		return known[0], nil
	}
	q := Question{Briefing: b.ID, Unit: s.Unit, Text: cmd.Text, AskedAt: tx.Now()}
	err = tx.QueryRowContext(ctx, `INSERT INTO briefing_question (key, briefing_id, site_id, person_id, question, asked_at, answer, aloud, answered_at)
		VALUES ($1, $2, $3, $4, $5, $6, '', 0, 0) RETURNING id`, cmd.Key, b.ID, s.ID, actor.Person, q.Text, store.Micro(q.AskedAt)).Scan(&q.ID)
	if err != nil {
		return Question{}, fmt.Errorf("asking in briefing %d: %w", b.ID, err)
	}
	return q, b.tell(tx, QuestionAsked, s.Unit, q)
}

// AnswerQuestion says that a question was answered: in writing, by a text, or aloud.
// Answering again puts the last answer in place. Invalid at "answer": neither.
func AnswerQuestion(ctx context.Context, tx *ledger.Tx, actor access.Actor, briefing, question int64, text string, aloud bool) (Question, error) {
	b, _, err := lead(ctx, tx, actor, briefing)
	if err != nil {
		return Question{}, err
	}
	if b.State != Open && b.State != Ended {
		return Question{}, notOpen(b)
	}
	list, err := readQuestions(ctx, tx, `WHERE q.briefing_id = $1 AND q.id = $2`, briefing, question)
	if err != nil {
		return Question{}, err
	}
	text = strings.TrimSpace(text)
	switch {
	case len(list) == 0:
		return Question{}, fault.New(fault.NotFound, "briefing.question-unknown")
	case text == "" && !aloud:
		return Question{}, fault.New(fault.Invalid, "briefing.answer-missing").At("answer")
	case utf8.RuneCountInString(text) > MostQuestion:
		return Question{}, fault.New(fault.Invalid, "briefing.long", "most", MostQuestion).At("answer")
	case list[0].Answer == text && list[0].Aloud == aloud:
		return list[0], nil
	}
	q := list[0]
	q.Answer, q.Aloud, q.AnsweredAt = text, aloud, tx.Now()
	_, err = tx.ExecContext(ctx, `UPDATE briefing_question SET answer = $1, aloud = $2, answered_at = $3 WHERE id = $4`,
		q.Answer, bit(q.Aloud), store.Micro(q.AnsweredAt), q.ID)
	if err != nil {
		return Question{}, fmt.Errorf("answering question %d: %w", q.ID, err)
	}
	return q, b.tell(tx, QuestionAnswered, q.Unit, q)
}

// Questions gives what was asked in a briefing, in its order.
func Questions(ctx context.Context, q store.Querier, briefing int64) ([]Question, error) {
	return readQuestions(ctx, q, `WHERE q.briefing_id = $1 ORDER BY q.asked_at, q.id`, briefing)
}

func readQuestions(ctx context.Context, q store.Querier, where string, args ...any) ([]Question, error) {
	rows, err := q.QueryContext(ctx, `SELECT q.id, q.briefing_id, s.unit_id, q.question, q.asked_at, q.answer, q.aloud, q.answered_at
		FROM briefing_question q JOIN briefing_site s ON s.id = q.site_id `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("reading questions: %w", err)
	}
	defer rows.Close()
	var list []Question
	for rows.Next() {
		var one Question
		var asked, answered int64
		if err := rows.Scan(&one.ID, &one.Briefing, &one.Unit, &one.Text, &asked, &one.Answer, &one.Aloud, &answered); err != nil {
			return nil, fmt.Errorf("reading a question: %w", err)
		}
		one.AskedAt, one.AnsweredAt = store.Moment(asked), store.Moment(answered)
		list = append(list, one)
	}
	return list, rows.Err()
}
