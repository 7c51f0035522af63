// RecordSets
