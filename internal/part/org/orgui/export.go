package orgui

import (
	"bytes"
	"strconv"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/org"
)

// export gives the units below one on a day as a list that can be sent back.
func (s *screens) export(r *web.Request) error {
	under, err := strconv.ParseInt(r.Query("under"), 10, 64)
	if err != nil {
		return fault.New(fault.NotFound, "org.no-unit")
	}
	var content bytes.Buffer
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
		return sheet.WriteXLSX(&content, []sheet.Sheet{list})
	})
	if err != nil {
		return err
	}
	return r.Attach(name, file.Xlsx, content.Bytes())
}
