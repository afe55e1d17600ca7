package document_test

import (
	"strings"
	"testing"

	"giaoban/internal/base/testing/libreoffice"
	"giaoban/internal/base/testing/poppler"
)

// opened is a file of Word as a real office program prints it.
func opened(t *testing.T, docx []byte) []byte {
	t.Helper()
	return libreoffice.PDF(t, docx)
}

func TestAnOfficeProgramOpensAPaper(t *testing.T) {
	file := opened(t, word(t, minutes()))
	got := strings.Join(strings.Fields(poppler.Text(t, file, "-raw")), " ")
	for _, want := range []string{
		"BAN CHẤP HÀNH TRUNG ƯƠNG VĂN PHÒNG TRUNG ƯƠNG ĐẢNG * ĐẢNG CỘNG SẢN VIỆT NAM",
		"Số 12-BB/VPTW DỰ THẢO Hà Nội, ngày 10 tháng 7 năm 2020",
		"BIÊN BẢN hội nghị giao ban trực tuyến về đại hội đảng bộ các cấp",
		"I. Thành phần Chủ trì hội nghị", "- Bắc Ninh: có mặt;", "- Cao Bằng: đến muộn <5 phút & xin lỗi>.",
		"1. Hoàn thành trước 31/7. 2. Báo cáo bằng văn bản. 1. Danh sách thứ hai đếm lại từ đầu.",
		"STT Điểm cầu Số người 1 Bắc Ninh 12",
		"THƯ KÝ (Ký, ghi rõ họ tên)", "T/M BAN TỔ CHỨC CHỦ TRÌ Đã ký bằng khóa truy cập", "Ngô Thúy Hà Đỗ Thị Khánh",
		"Nơi nhận: - Các điểm cầu - Lưu Văn phòng",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the office program does not print %q; it prints\n%s", want, got)
		}
	}
}
