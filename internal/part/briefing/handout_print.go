package briefing

import (
	"context"
	"fmt"

	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// How far the printing of a version has come.
const (
	unprinted   = ""
	printMade   = "made"
	printFailed = "failed"
)

// Printing is a version of a handout that an Office program wrote and of which there
// is no PDF yet.
type Printing struct {
	Handout int64
	Version int
	File    file.File
}

// Unprinted gives one version that is to be printed as PDF, the oldest first; ok is
// false when there is none.
func Unprinted(ctx context.Context, q store.Querier) (p Printing, ok bool, err error) {
	row := q.QueryRowContext(ctx, `SELECT v.handout_id, v.version, v.file_id FROM briefing_handout_version v
		JOIN briefing_handout h ON h.id = v.handout_id JOIN file f ON f.id = v.file_id
		WHERE v.pdf_state = $1 AND h.withdrawn_at = 0 AND f.type IN ($2, $3, $4) ORDER BY v.at, v.handout_id, v.version LIMIT 1`,
		unprinted, string(file.Docx), string(file.Xlsx), string(file.Pptx))
	err = row.Scan(&p.Handout, &p.Version, &p.File.ID)
	if store.Missing(err) {
		return Printing{}, false, nil
	}
	if err != nil {
		return Printing{}, false, fmt.Errorf("reading what is to be printed: %w", err)
	}
	p.File, err = file.Get(ctx, q, p.File.ID)
	return p, err == nil, err
}

// Printed keeps the PDF of a version, or, without one, that none can be made. It is
// done once: the first PDF stays.
func Printed(ctx context.Context, tx *ledger.Tx, p Printing, pdf *file.Upload) error {
	id, state := "", printFailed
	if pdf != nil {
		saved, err := file.Save(ctx, tx, *pdf, p.File.Marks, p.File.Unit, p.File.By)
		if err != nil {
			return err
		}
		id, state = saved.ID, printMade
	}
	_, err := tx.ExecContext(ctx, `UPDATE briefing_handout_version SET pdf_id = $1, pdf_state = $2 WHERE handout_id = $3 AND version = $4 AND pdf_state = $5`,
		id, state, p.Handout, p.Version, unprinted)
	if err != nil {
		return fmt.Errorf("keeping the PDF of handout %d: %w", p.Handout, err)
	}
	return nil
}
