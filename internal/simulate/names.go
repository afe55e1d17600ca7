package simulate

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

var (
	firstWords  = []string{"An", "Bình", "Châu", "Đông", "Hà", "Hải", "Hòa", "Hồng", "Hưng", "Kim", "Lạc", "Long", "Mai", "Minh", "Nam", "Ngọc", "Phú", "Phúc", "Quang", "Quỳnh", "Sơn", "Tam", "Tân", "Thái", "Thanh", "Thịnh", "Trung", "Vạn", "Văn", "Việt", "Vĩnh", "Xuân", "Yên"}
	secondWords = []string{"An", "Bắc", "Cường", "Dương", "Đạo", "Đình", "Giang", "Hà", "Hải", "Hiệp", "Hòa", "Hưng", "Khánh", "Lâm", "Lộc", "Lương", "Mỹ", "Nghĩa", "Phong", "Phú", "Quang", "Sơn", "Tâm", "Thành", "Thắng", "Thịnh", "Thọ", "Tiến", "Trung", "Trường", "Xá", "Xuân", "Yên"}
	offices     = []string{"Trường Trung học phổ thông", "Trung tâm Y tế", "Hạt Kiểm lâm", "Chi cục Thuế", "Bảo hiểm xã hội", "Ngân hàng Chính sách xã hội", "Tòa án nhân dân", "Viện Kiểm sát nhân dân", "Trung tâm Văn hóa", "Công ty Thủy lợi", "Bưu điện", "Điện lực"}
)

// committeeName is the name of one of the 67 committees.
func committeeName(name, kind string) string {
	switch {
	case kind == "tỉnh":
		return "Tỉnh " + name
	case kind == "thành phố" && name != "Thành phố Hồ Chí Minh":
		return "Thành phố " + name
	}
	return name
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
