// What main.go needs in each release is in 1.N.mod.
module componentconfig

go 1.26.0
