-- Up to this number of a letter nothing is leased; above it the series and the leases share what comes next.
local function last_unleased()
  return 500
end
