-- The ticket id in a member of a line.
local function id_in(place)
  return string.match(place, '[^:]*$')
end
