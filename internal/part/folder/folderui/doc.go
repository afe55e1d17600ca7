// Package folderui shows what waits for a leader's pen and prints it; which slips are
// out and which came back; and the page of a slip, where what the leader decided on
// paper is entered, and where the leader says whether that is so.
package folderui
