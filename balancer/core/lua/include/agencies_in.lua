-- Which desks belong to an agency by a definition: JSON of "branch/desk" → agency, so that the log says it
-- whoever reads it later.
local function agencies_in(text)
  local found = {}
  for _, place in ipairs(cjson.decode(text).branches) do
    for _, each in ipairs(place.desks) do
      if each.agency and each.agency ~= cjson.null then
        found[place.branch .. '/' .. each.desk] = each.agency
      end
    end
  end
  return cjson.encode(found)
end
