package orgui

import (
	"bytes"
	"mime"
	"net/http"
	"strconv"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/org"
)

const spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// export gives the units below one on a day as a list that can be sent back.
func (s *screens) export(r *web.Request) error {
	under, err := strconv.ParseInt(r.Query("under"), 10, 64)
	if err != nil {
		return fault.New(fault.NotFound, "org.no-unit")
	}
	var file bytes.Buffer
	var name string
	err = r.View(func(q store.Querier) error {
		v, err := look(r, q)
		if err != nil {
			return err
		}
		path, err := v.path(tree.UnitID(under))
		if err != nil {
			return err
		}
		if len(path) == 0 || !v.below(path) {
			return fault.New(fault.NotFound, "org.no-unit")
		}
		name = path[len(path)-1].Code + " " + string(v.Day) + ".xlsx"
		list, err := org.Export(r.Context(), q, r.Lang, tree.UnitID(under), v.Day)
		if err != nil {
			return err
		}
		return sheet.WriteXLSX(&file, []sheet.Sheet{list})
	})
	if err != nil {
		return err
	}
	header := r.Writer.Header()
	header.Set("Content-Type", spreadsheet)
	header.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	header.Set("Cache-Control", "private, no-store")
	r.Writer.WriteHeader(http.StatusOK)
	if _, err := r.Writer.Write(file.Bytes()); err != nil {
		return nil // the browser went away: nobody is there to be told
	}
	return nil
}
