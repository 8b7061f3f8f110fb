module followtherequest/source/names

go 1.26.0
