package simulate

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

// SignIn is somebody who can sign in to a made-up installation.
type SignIn struct {
	Login, Name, Post, Unit string
}

// post is a made-up person with the role and the post held.
type post struct {
	login, name       string
	role              access.Role
	unit              []string // names on the way down from the centre
	body, kind, title string
}

// posts are those who can sign in to the demonstration.
var posts = []post{
	{"trunguong", "Nguyễn Minh Hải", access.Leader, nil, "office", "chief", "Chánh Văn phòng Trung ương"},
	{"trunguong-cv", "Trần Thu Phương", access.Officer, nil, "office", "officer", "Chuyên viên Văn phòng Trung ương"},
	{"bacninh", "Lê Quốc Hùng", access.Leader, []string{"Tỉnh Bắc Ninh"}, "office", "chief", "Chánh Văn phòng Tỉnh ủy"},
	{"bacninh-cv", "Phạm Ngọc Lan", access.Officer, []string{"Tỉnh Bắc Ninh"}, "office", "officer", "Chuyên viên Văn phòng Tỉnh ủy"},
	{"yenphong", "Vũ Đức Tâm", access.Leader, []string{"Tỉnh Bắc Ninh", "Huyện Yên Phong"}, "standing-body", "secretary", "Bí thư Huyện ủy"},
	{"thuanthanh", "Hoàng Thị Vân", access.Leader, []string{"Tỉnh Bắc Ninh", "Huyện Thuận Thành"}, "standing-body", "secretary", "Bí thư Huyện ủy"},
	{"tuson", "Nguyễn Thị Hạnh", access.Leader, []string{"Tỉnh Bắc Ninh", "Thị xã Từ Sơn"}, "standing-body", "secretary", "Bí thư Thị ủy"},
	{"hanoi", "Đặng Văn Sơn", access.Leader, []string{"Thành phố Hà Nội"}, "office", "chief", "Chánh Văn phòng Thành ủy"},
	{"quantri", "Bùi Hữu Long", access.SystemAdmin, nil, "office", "officer", "Quản trị hệ thống"},
}

// SignIns are those who can sign in to the demonstration, with what they are.
func SignIns() []SignIn { return signIns(posts) }

// SignIns are those who can sign in to the country, with what they are.
func (c Country) SignIns() []SignIn { return signIns(c.posts()) }

func signIns(posts []post) []SignIn {
	var list []SignIn
	for _, p := range posts {
		unit := "Trung ương"
		if len(p.unit) > 0 {
			unit = p.unit[len(p.unit)-1]
		}
		list = append(list, SignIn{p.login, p.name, p.title, unit})
	}
	return list
}

// posts are those who can sign in to the country: two at the centre, the
// administrator, and the leader of each committee directly under it.
func (c Country) posts() []post {
	random := rand.New(rand.NewPCG(c.Seed, 67))
	list := []post{
		{"trunguong", person(random), access.Leader, nil, "office", "chief", "Chánh Văn phòng Trung ương"},
		{"trunguong-cv", person(random), access.Officer, nil, "office", "officer", "Chuyên viên Văn phòng Trung ương"},
		{"quantri", person(random), access.SystemAdmin, nil, "office", "officer", "Quản trị hệ thống"},
	}
	for i, committee := range committees {
		name := committeeName(committee.name, committee.kind)
		list = append(list, post{
			fmt.Sprintf("tinh%02d", i+1), person(random), access.Leader, []string{name}, "office", "chief", "Chánh Văn phòng " + name,
		})
	}
	return list
}

// people makes those who can sign in.
func people(ctx context.Context, tx *ledger.Tx, actor access.Actor, posts []post, password account.Password) error {
	tx.SetNow(time.Date(2019, time.June, 3, 9, 0, 0, 0, time.UTC))
	for _, p := range posts {
		unit, err := unitNamed(actor.Tree, p.unit)
		if err != nil {
			return err
		}
		grants := []access.Grant{{Unit: unit, Role: p.role}}
		if p.role == access.SystemAdmin {
			grants = append(grants, access.Grant{Unit: unit, Role: access.UnitAdmin})
		}
		created, err := account.CreatePerson(ctx, tx, actor, account.CreateCommand{Name: p.name, Login: p.login, Password: password, Grants: grants})
		if err != nil {
			return fmt.Errorf("%s: %w", p.login, err)
		}
		_, err = org.Appoint(ctx, tx, actor, org.AppointCommand{
			Unit: unit, Body: p.body, Post: p.kind, Person: created.ID, Name: p.name, From: clock.Day(2019, time.June, 3),
		})
		if err != nil {
			return fmt.Errorf("the post of %s: %w", p.login, err)
		}
	}
	return nil
}

// unitNamed finds a unit by the names on the way down from the centre.
func unitNamed(t *tree.Tree, names []string) (tree.UnitID, error) {
	at, _ := t.Root()
	for _, name := range names {
		child := childNamed(t, at.ID, name)
		if child == 0 {
			return 0, fmt.Errorf("there is no unit %q under %q", name, at.Name)
		}
		at, _ = t.Unit(child)
	}
	return at.ID, nil
}

// childNamed is the unit of a name directly below another; 0 for none.
func childNamed(t *tree.Tree, parent tree.UnitID, name string) tree.UnitID {
	for _, u := range t.Children(parent) {
		if u.Name == name {
			return u.ID
		}
	}
	return 0
}
