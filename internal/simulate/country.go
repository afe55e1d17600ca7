package simulate

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// unit is a unit to be made: a row of the list that an office would send.
type unit struct{ code, name, kind, parent string }

// committees are the 67 committees directly under the centre in 2020, with the
// kind of each; Bac Ninh's code is used by the story.
var committees = []struct{ name, kind string }{
	{"An Giang", "tỉnh"},
	{"Bà Rịa - Vũng Tàu", "tỉnh"},
	{"Bạc Liêu", "tỉnh"},
	{"Bắc Giang", "tỉnh"},
	{"Bắc Kạn", "tỉnh"},
	{"Bắc Ninh", "tỉnh"},
	{"Bến Tre", "tỉnh"},
	{"Bình Dương", "tỉnh"},
	{"Bình Định", "tỉnh"},
	{"Bình Phước", "tỉnh"},
	{"Bình Thuận", "tỉnh"},
	{"Cà Mau", "tỉnh"},
	{"Cao Bằng", "tỉnh"},
	{"Cần Thơ", "thành phố"},
	{"Đà Nẵng", "thành phố"},
	{"Đắk Lắk", "tỉnh"},
	{"Đắk Nông", "tỉnh"},
	{"Điện Biên", "tỉnh"},
	{"Đồng Nai", "tỉnh"},
	{"Đồng Tháp", "tỉnh"},
	{"Gia Lai", "tỉnh"},
	{"Hà Giang", "tỉnh"},
	{"Hà Nam", "tỉnh"},
	{"Hà Nội", "thành phố"},
	{"Hà Tĩnh", "tỉnh"},
	{"Hải Dương", "tỉnh"},
	{"Hải Phòng", "thành phố"},
	{"Hậu Giang", "tỉnh"},
	{"Hòa Bình", "tỉnh"},
	{"Thành phố Hồ Chí Minh", "thành phố"},
	{"Hưng Yên", "tỉnh"},
	{"Khánh Hòa", "tỉnh"},
	{"Kiên Giang", "tỉnh"},
	{"Kon Tum", "tỉnh"},
	{"Lai Châu", "tỉnh"},
	{"Lạng Sơn", "tỉnh"},
	{"Lào Cai", "tỉnh"},
	{"Lâm Đồng", "tỉnh"},
	{"Long An", "tỉnh"},
	{"Nam Định", "tỉnh"},
	{"Nghệ An", "tỉnh"},
	{"Ninh Bình", "tỉnh"},
	{"Ninh Thuận", "tỉnh"},
	{"Phú Thọ", "tỉnh"},
	{"Phú Yên", "tỉnh"},
	{"Quảng Bình", "tỉnh"},
	{"Quảng Nam", "tỉnh"},
	{"Quảng Ngãi", "tỉnh"},
	{"Quảng Ninh", "tỉnh"},
	{"Quảng Trị", "tỉnh"},
	{"Sóc Trăng", "tỉnh"},
	{"Sơn La", "tỉnh"},
	{"Tây Ninh", "tỉnh"},
	{"Thái Bình", "tỉnh"},
	{"Thái Nguyên", "tỉnh"},
	{"Thanh Hóa", "tỉnh"},
	{"Thừa Thiên Huế", "tỉnh"},
	{"Tiền Giang", "tỉnh"},
	{"Trà Vinh", "tỉnh"},
	{"Tuyên Quang", "tỉnh"},
	{"Vĩnh Long", "tỉnh"},
	{"Vĩnh Phúc", "tỉnh"},
	{"Yên Bái", "tỉnh"},
	{"Khối các cơ quan Trung ương", "khối"},
	{"Khối Doanh nghiệp Trung ương", "khối"},
	{"Quân đội", "quân đội"},
	{"Công an Trung ương", "công an"},
}

// bacNinh are the 11 committees directly under the province. The first six have
// held their congresses by the morning of the story.
var bacNinh = []struct {
	name, kind string
	grassroots int // organisations below it, 664 in all
}{
	{"Thành phố Bắc Ninh", "thành phố", 92},
	{"Huyện Quế Võ", "huyện", 71},
	{"Huyện Tiên Du", "huyện", 66},
	{"Huyện Gia Bình", "huyện", 52},
	{"Huyện Lương Tài", "huyện", 54},
	{"Quân sự tỉnh", "quân đội", 24},
	{"Huyện Yên Phong", "huyện", 63},
	{"Huyện Thuận Thành", "huyện", 68},
	{"Thị xã Từ Sơn", "thị xã", 70},
	{"Khối các cơ quan và doanh nghiệp tỉnh", "khối", 81},
	{"Công an tỉnh", "công an", 23},
}

// finished is how many of Bac Ninh's committees are done at 08:00.
const finished = 6

var (
	firstWords  = []string{"An", "Bình", "Châu", "Đông", "Hà", "Hải", "Hòa", "Hồng", "Hưng", "Kim", "Lạc", "Long", "Mai", "Minh", "Nam", "Ngọc", "Phú", "Phúc", "Quang", "Quỳnh", "Sơn", "Tam", "Tân", "Thái", "Thanh", "Thịnh", "Trung", "Vạn", "Văn", "Việt", "Vĩnh", "Xuân", "Yên"}
	secondWords = []string{"An", "Bắc", "Cường", "Dương", "Đạo", "Đình", "Giang", "Hà", "Hải", "Hiệp", "Hòa", "Hưng", "Khánh", "Lâm", "Lộc", "Lương", "Mỹ", "Nghĩa", "Phong", "Phú", "Quang", "Sơn", "Tâm", "Thành", "Thắng", "Thịnh", "Thọ", "Tiến", "Trung", "Trường", "Xá", "Xuân", "Yên"}
	offices     = []string{"Trường Trung học phổ thông", "Trung tâm Y tế", "Hạt Kiểm lâm", "Chi cục Thuế", "Bảo hiểm xã hội", "Ngân hàng Chính sách xã hội", "Tòa án nhân dân", "Viện Kiểm sát nhân dân", "Trung tâm Văn hóa", "Công ty Thủy lợi", "Bưu điện", "Điện lực"}
)

// country lists the units below the centre, each after its parent: 67
// committees, Bac Ninh down to all its grassroots organisations, and of the
// others made-up committees with a few grassroots organisations each.
func country(random *rand.Rand) []unit {
	var list []unit
	for i, c := range committees {
		code := fmt.Sprintf("%02d", i+1)
		name := c.name
		if c.kind == "tỉnh" || c.kind == "thành phố" && name != "Thành phố Hồ Chí Minh" {
			name = map[string]string{"tỉnh": "Tỉnh ", "thành phố": "Thành phố "}[c.kind] + name
		}
		list = append(list, unit{code: code, name: name, kind: c.kind})
		if c.name == "Bắc Ninh" {
			for j, b := range bacNinh {
				list = append(list, branch(random, code, j, b.name, b.kind, b.grassroots)...)
			}
			continue
		}
		// 1,287 in all, as the country had about 1,300 at this level.
		for j := range 19 + bit(i < 33) {
			kind, name := middleName(random, c.kind, c.name, j)
			list = append(list, branch(random, code, j, name, kind, 2)...)
		}
	}
	return list
}

func bit(is bool) int {
	if is {
		return 1
	}
	return 0
}

// branch is one above-grassroots committee with its grassroots organisations.
func branch(random *rand.Rand, parent string, number int, name, kind string, grassroots int) []unit {
	code := fmt.Sprintf("%s.%02d", parent, number+1)
	list := []unit{{code: code, name: name, kind: kind, parent: parent}}
	used := map[string]bool{}
	for i := range grassroots {
		kind, name := grassrootsName(random, i)
		for used[name] {
			kind, name = grassrootsName(random, i)
		}
		used[name] = true
		list = append(list, unit{code: fmt.Sprintf("%s.%03d", code, i+1), name: name, kind: kind, parent: code})
	}
	return list
}

// middleName makes up a committee directly under one of a kind. Its number keeps
// the names under one committee apart.
func middleName(random *rand.Rand, under, name string, number int) (kind, made string) {
	first, second := firstWords[number%len(firstWords)], secondWords[random.IntN(len(secondWords))]
	switch {
	case under == "quân đội":
		return "quân đội", fmt.Sprintf("Đơn vị số %d", number+1)
	case under == "công an":
		return "công an", fmt.Sprintf("Cục nghiệp vụ số %d", number+1)
	case strings.Contains(name, "Doanh nghiệp"):
		return "doanh nghiệp", "Tổng công ty " + first + " " + second
	case under == "khối":
		return "cơ quan", "Cơ quan " + first + " " + second
	}
	return "huyện", "Huyện " + first + " " + second
}

func grassrootsName(random *rand.Rand, number int) (kind, name string) {
	place := firstWords[random.IntN(len(firstWords))] + " " + secondWords[random.IntN(len(secondWords))]
	switch number % 5 {
	case 0, 1:
		return "xã", "Xã " + place
	case 2:
		return "chi bộ cơ sở", "Chi bộ " + offices[random.IntN(len(offices))] + " " + place
	case 3:
		return "đảng bộ cơ sở", "Đảng bộ " + offices[random.IntN(len(offices))] + " " + place
	}
	return "xã", "Xã " + place
}

var (
	families = []string{"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương", "Lý"}
	middles  = []string{"Văn", "Thị", "Đức", "Minh", "Thu", "Quốc", "Thanh", "Ngọc", "Hữu", "Thúy"}
	givens   = []string{"An", "Bình", "Chi", "Dũng", "Hà", "Hạnh", "Hải", "Hoa", "Hùng", "Khánh", "Lan", "Long", "Mai", "Nam", "Nga", "Phương", "Quân", "Sơn", "Tâm", "Thảo", "Tuấn", "Vân", "Yến"}
)

// person makes up a name.
func person(random *rand.Rand) string {
	return families[random.IntN(len(families))] + " " + middles[random.IntN(len(middles))] + " " + givens[random.IntN(len(givens))]
}
