package doctor

import (
	"context"
	"errors"
	"io/fs"
	"slices"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/store"
)

// database looks whether the database answers and is whole.
func database(ctx context.Context, p Patient) ([]Finding, error) {
	if store.Damaged(p.Refused) {
		return []Finding{wrong("doctor.database.damaged", "said", p.Refused.Error(), "n", 1)}, nil
	}
	if p.DB == nil {
		if faults := fault.All(p.Refused); len(faults) > 0 {
			return []Finding{wrong(faults[0].Key, faults[0].Args...)}, nil
		}
		return nil, p.Refused
	}
	said, err := p.DB.Integrity(ctx)
	switch {
	case err != nil:
		return nil, err
	case len(said) > 0:
		return []Finding{wrong("doctor.database.damaged", "said", said[0], "n", len(said))}, nil
	}
	lax, err := p.DB.Lax(ctx)
	if err == nil && lax != "" {
		return []Finding{wrong("doctor.database.lax", "setting", lax)}, nil
	}
	return nil, err
}

// schema compares the migrations that the database has had with the program's.
func schema(ctx context.Context, p Patient) ([]Finding, error) {
	has, err := store.Applied(ctx, p.DB.Reader())
	if err != nil {
		return []Finding{wrong("doctor.schema.none")}, nil // there is no table of them
	}
	known, err := store.Versions(p.Schemas...)
	if err != nil {
		return nil, err
	}
	for _, version := range has {
		if !slices.Contains(known, version) {
			return []Finding{wrong("doctor.schema.newer")}, nil
		}
	}
	if len(has) < len(known) {
		return []Finding{advice("doctor.schema.older")}, nil
	}
	return nil, nil
}

// files compares the attached files with the rows that name them.
func files(ctx context.Context, p Patient) (found []Finding, err error) {
	state, err := file.Inspect(ctx, p.DB.Reader(), p.Dir, p.Machine.Now())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if n := len(state.Missing); n > 0 {
		found = append(found, wrong("doctor.files.missing", "n", n, "path", file.Place(state.Missing[0])))
	}
	if n := len(state.Orphans); n > 0 {
		found = append(found, advice("doctor.files.orphans", "n", n, "size", state.Bytes>>20))
	}
	return found, nil
}
