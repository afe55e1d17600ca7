package app_test

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"net/http"
	"strings"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/briefing"
)

// The stills of the strip are small pictures of the own site, for those who are in the
// room, and go with who leaves.
func TestAStillIsSmallOnesOwnAndForTheRoom(t *testing.T) {
	o := newOffice(t, "")
	id, thuanThanh := o.briefing(), o.as("thuanthanh")
	chair := access.Actor{Person: o.as("bacninh").person, Tree: o.Tree, Grants: []access.Grant{{Unit: o.home, Role: access.Leader}}}
	o.update(func(tx *ledger.Tx) error {
		if _, err := tx.ExecContext(t.Context(), `UPDATE briefing SET media = 1 WHERE id = $1`, id); err != nil {
			return err
		}
		if _, err := briefing.Begin(t.Context(), tx, chair, id); err != nil {
			return err
		}
		_, err := briefing.Arrive(t.Context(), tx, o.program(), id, o.thuanThanh)
		return err
	})
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, image.NewGray(image.Rect(0, 0, 160, 90)), nil); err != nil {
		t.Fatal(err)
	}
	own := fmt.Sprintf("/briefings/%d/still/%d", id, o.thuanThanh)
	for _, one := range []struct {
		what, address, body string
		by                  *visitor
		want                int
	}{
		{"a site's own picture", own, picture.String(), thuanThanh, http.StatusOK},
		{"one that is too large", own, picture.String() + strings.Repeat("\x00", 6<<10), thuanThanh, http.StatusUnprocessableEntity},
		{"a page called a picture", own, "<html><script>alert(1)</script>", thuanThanh, http.StatusUnprocessableEntity},
		{"nothing", own, "", thuanThanh, http.StatusUnprocessableEntity},
		{"one in the place of another unit", fmt.Sprintf("/briefings/%d/still/%d", id, o.home), picture.String(), thuanThanh, http.StatusForbidden},
		{"one of a stranger", own, picture.String(), o.as("yenphong"), http.StatusNotFound},
	} {
		a := one.by.do(http.MethodPost, one.address, strings.NewReader(one.body), "Content-Type", "image/jpeg", "Accept", "application/json")
		if a.status != one.want {
			t.Errorf("%s is answered %d, want %d: %.200s", one.what, a.status, one.want, a.body)
		}
	}

	stills := fmt.Sprintf("/briefings/%d/stills?units=%d,%d", id, o.thuanThanh, o.home)
	if a := o.as("bacninh").get(stills); a.status != http.StatusOK || !strings.Contains(a.body, "data:image/jpeg;base64,") {
		t.Errorf("the chair asks for stills and is answered %d without one: %.200s", a.status, a.body)
	}
	if a := o.as("yenphong").get(stills); a.status != http.StatusNotFound {
		t.Errorf("a stranger who asks for stills is answered %d, want 404", a.status)
	}
	o.update(func(tx *ledger.Tx) error {
		_, err := briefing.Remove(t.Context(), tx, chair, id, o.thuanThanh)
		return err
	})
	if a := thuanThanh.get(stills); a.status != http.StatusForbidden {
		t.Errorf("a site that was sent out asks for stills and is answered %d, want 403", a.status)
	}
}
